using System.Text.Json;
using System.Text.Json.Serialization;

namespace Platform.Web.Features.Traces.Document;

/// <summary>
/// What a page reads of a trace document: ChapterX's shape, whose keys are absent when unknown. Older files lack more of them,
/// so everything is optional; what is not named here stays reachable in the document itself.
/// </summary>
public sealed record TraceDocument
{
    private static readonly JsonSerializerOptions Tolerant = new(JsonSerializerDefaults.Web)
    {
        NumberHandling = JsonNumberHandling.AllowReadingFromString,
        RespectNullableAnnotations = true,
        Converters = { new ShownText() },
    };

    /// <summary>The Discord server; null elsewhere.</summary>
    public string? GuildId { get; init; }

    public string? ChannelId { get; init; }

    public string? ParentChannelId { get; init; }

    public string? BotUserId { get; init; }

    public ActivationPart? Activation { get; init; }

    public IReadOnlyList<RawMessage> RawDiscordMessages { get; init; } = [];

    public ContextPart? ContextBuild { get; init; }

    public IReadOnlyList<CallPart> LlmCalls { get; init; } = [];

    public IReadOnlyList<ToolPart> ToolExecutions { get; init; } = [];

    public OutcomePart? Outcome { get; init; }

    public IReadOnlyList<LogPart> Logs { get; init; } = [];

    /// <summary>Our own part; null in imported documents.</summary>
    public PlatformPart? Platform { get; init; }

    /// <summary>The bot's merged configuration, free-form.</summary>
    public JsonElement? Config { get; init; }

    /// <summary>Names of the parts that are of another shape; the page shows them only as JSON.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> Unread { get; init; } = [];

    /// <summary>Reads a document: what can be read of it, part by part.</summary>
    /// <param name="document">As the Api gave it.</param>
    /// <returns>Null when it is no object: then the page shows only the JSON.</returns>
    public static TraceDocument? Read(JsonElement document)
    {
        if (TryRead(document) is { } whole)
        {
            return whole;
        }

        if (document.ValueKind is not JsonValueKind.Object)
        {
            return null;
        }

        var parts = document.EnumerateObject().ToLookup(part => TryRead(Only(part)) is not null);
        return TryRead(Only([.. parts[true]])) is { } rest ? rest with { Unread = [.. parts[false].Select(part => part.Name)] } : null;
    }

    private static TraceDocument? TryRead(JsonElement document)
    {
        try
        {
            return document.Deserialize<TraceDocument>(Tolerant);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static JsonElement Only(params ReadOnlySpan<JsonProperty> parts)
    {
        var members = new Dictionary<string, JsonElement>();
        foreach (var part in parts)
        {
            members[part.Name] = part.Value;
        }

        return JsonSerializer.SerializeToElement(members);
    }
}
