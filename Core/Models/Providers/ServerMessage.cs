using System.Net;
using System.Text;
using System.Text.Json;
using Platform.Contracts;

namespace Platform.Core.Models.Providers;

/// <summary>
/// Finds what a server says about a failure, in the forms that are in use: objects, lists and texts below <c>error</c>, <c>errors</c> or <c>detail</c>,
/// plain text, and pages of HTML or XML. The result may hold control characters and be long.
/// </summary>
internal static class ServerMessage
{
    private const int MaxDepth = 8;
    private const int MaxItems = 3;

    private static readonly string[] Wrappers = ["error", "errors", "fault"];

    private static readonly string[] Names =
    [
        "message", "Message", "msg", "error_msg", "error_message", "errorMessage", "error_description", "faultstring", "status_msg", "detail", "details",
        "description", "reason", "title",
    ];

    /// <summary>Reads the body of an error, or anything else that is not an answer. A form that is not known is shown as it came.</summary>
    /// <returns>Null when it says nothing.</returns>
    public static string? Of(string body) => Of(body, 0) ?? (body.Trim() is { Length: > 2 } unknown ? LoneSurrogates.Replace(unknown) : null);

    /// <summary>Reads an error that is part of a JSON document.</summary>
    /// <inheritdoc cref="Of(string)"/>
    public static string? Of(JsonElement error) => Of(error, 0);

    /// <summary>Whether a member is there and says something: servers also write <c>null</c>, <c>false</c>, <c>""</c> and <c>{}</c> for no error.</summary>
    public static bool Has(JsonElement parent, string name, out JsonElement value)
    {
        value = default;
        return parent.ValueKind is JsonValueKind.Object && parent.TryGetProperty(name, out value) && value.ValueKind switch
        {
            JsonValueKind.Object => value.GetPropertyCount() > 0,
            JsonValueKind.Array => value.GetArrayLength() > 0,
            JsonValueKind.String => !string.IsNullOrWhiteSpace(LoneSurrogates.Read(value)),
            JsonValueKind.Number => !value.TryGetInt64(out var number) || number != 0,
            var kind => kind is JsonValueKind.True,
        };
    }

    private static string? Of(string text, int depth)
    {
        var trimmed = text.Trim();
        if (trimmed is ['{' or '[' or '"', ..] && depth < MaxDepth)
        {
            try
            {
                using var json = JsonDocument.Parse(trimmed);
                return Of(json.RootElement, depth + 1);
            }
            catch (JsonException)
            {
                // It only looks like JSON, or is cut off: it is shown as it is.
            }
        }

        return trimmed.Length == 0 ? null : trimmed[0] == '<' ? Page(trimmed) : LoneSurrogates.Replace(trimmed);
    }

    private static string? Of(JsonElement error, int depth) => error.ValueKind switch
    {
        _ when depth > MaxDepth => null,
        JsonValueKind.String => Of(LoneSurrogates.Read(error), depth + 1),
        JsonValueKind.Array => Join(error.EnumerateArray().Select(item => Of(item, depth + 1)).OfType<string>().Take(MaxItems)),
        JsonValueKind.Object => OfObject(error, depth),
        _ => null,
    };

    private static string? OfObject(JsonElement error, int depth)
    {
        foreach (var name in Wrappers)
        {
            // OAuth names the error by a code and describes it beside that.
            if (Has(error, name, out var inner) && !Has(error, "error_description", out _) && (Of(inner, depth + 1) ?? ByMember(inner, depth)) is { } wrapped)
            {
                return wrapped;
            }
        }

        foreach (var name in Names)
        {
            if (Has(error, name, out var inner) && Of(inner, depth + 1) is { } message)
            {
                return message + Place(error) + Original(error, depth);
            }
        }

        return Has(error, "type", out var type) && type.ValueKind is JsonValueKind.String && LoneSurrogates.Read(type) is not "error" and var kind ? LoneSurrogates.Replace(kind)
            : Has(error, "code", out var code) ? $"code {LoneSurrogates.Replace(code.ValueKind is JsonValueKind.String ? LoneSurrogates.Read(code) : code.GetRawText())}"
            : null;
    }

    /// <summary>What is wrong with each member of the request, as Rails lists it: <c>{"model":["is unknown"]}</c>.</summary>
    private static string? ByMember(JsonElement errors, int depth) => errors.ValueKind is JsonValueKind.Object
        ? Join(errors.EnumerateObject().Select(member => Of(member.Value, depth + 1) is { } said ? $"{LoneSurrogates.Replace(member.Name)}: {said}" : null).OfType<string>().Take(MaxItems))
        : null;

    /// <summary>Which member of the request FastAPI refuses.</summary>
    private static string Place(JsonElement error) => Has(error, "loc", out var place) && place.ValueKind is JsonValueKind.Array
        ? $" ({string.Join('.', place.EnumerateArray().Select(part => part.ValueKind is JsonValueKind.String ? LoneSurrogates.Read(part) : part.GetRawText()))})"
        : "";

    /// <summary>What the provider behind OpenRouter said.</summary>
    private static string Original(JsonElement error, int depth) =>
        Has(error, "metadata", out var metadata) && Has(metadata, "raw", out var raw) && Of(raw, depth + 1) is { } said ? $": {said}" : "";

    private static string? Join(IEnumerable<string> messages) => string.Join("; ", messages) is { Length: > 0 } joined ? joined : null;

    /// <summary>A page's title, else its text.</summary>
    private static string? Page(string page)
    {
        var start = page.IndexOf("<title", StringComparison.OrdinalIgnoreCase);
        var end = start < 0 ? -1 : page.IndexOf("</title", start, StringComparison.OrdinalIgnoreCase);
        return (end < 0 ? null : Text(page[start..end])) ?? Text(page);
    }

    private static string? Text(string markup)
    {
        var text = new StringBuilder();
        List<string> unclosed = [];
        for (var at = 0; at < markup.Length; at++)
        {
            if (markup[at] != '<')
            {
                text.Append(markup[at]);
                continue;
            }

            // Styles and scripts are not for people.
            var hidden = Array.Find(["style", "script"], name => markup.AsSpan(at + 1).StartsWith(name, StringComparison.OrdinalIgnoreCase));
            var close = hidden is null || unclosed.Contains(hidden) ? -1 : markup.IndexOf($"</{hidden}", at, StringComparison.OrdinalIgnoreCase);
            if (hidden is not null && close < 0)
            {
                unclosed.Add(hidden);
            }

            var end = markup.IndexOf('>', close < 0 ? at : close);
            at = end < 0 ? markup.Length : end;
            text.Append(' ');
        }

        return WebUtility.HtmlDecode(text.ToString()).Trim() is { Length: > 0 } plain ? plain : null;
    }
}
