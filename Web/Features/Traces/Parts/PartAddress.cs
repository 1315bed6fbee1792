using System.Globalization;
using System.Text.Json;
using Platform.Contracts.Traces;

namespace Platform.Web.Features.Traces.Parts;

/// <summary>
/// Address of a part of a trace: <c>logs</c>, <c>call/2</c>, <c>call/2/request</c>, <c>call/2/request/3</c>, <c>tool/1</c>, <c>context/12</c>.
/// Numbers count from 1, except the positions in the context, which count from 0.
/// </summary>
/// <param name="Kind">Kind of part.</param>
/// <param name="Number">Number of the call, tool call, delivery, step or message; null for all of them.</param>
/// <param name="Body">Kind of the call's body; null for the call itself.</param>
/// <param name="BodyNumber">Number among the call's bodies of that kind.</param>
public sealed record PartAddress(PartKind Kind, int? Number = null, BodyKind? Body = null, int BodyNumber = 1)
{
    /// <summary>The part that an address without a part shows.</summary>
    public static PartAddress Overview { get; } = new(PartKind.Overview);

    /// <summary>Reads a part.</summary>
    /// <param name="text">As in the address, untrusted.</param>
    /// <returns>Null when there is no such kind of part.</returns>
    public static PartAddress? Parse(string text)
    {
        var words = text.Split('/');
        if (Enum.GetValues<PartKind>().Where(kind => NameOf(kind) == words[0]).Cast<PartKind?>().FirstOrDefault() is not { } kind)
        {
            return null;
        }

        var needsNumber = kind is PartKind.Call or PartKind.Tool;
        if (words.Length == 1)
        {
            return needsNumber ? null : new PartAddress(kind);
        }

        if (NumberOf(words[1]) is not { } number || !(needsNumber || kind is PartKind.Context or PartKind.Messages or PartKind.Effects or PartKind.Timeline))
        {
            return null;
        }

        return words.Length == 2 ? new PartAddress(kind, number) : kind is PartKind.Call ? OfBody(number, words.AsSpan(2)) : null;
    }

    /// <summary>The part that replaces a section of earlier versions, in whose addresses it was the value of <c>all</c>.</summary>
    public static PartAddress OfSection(string? section) => section switch
    {
        "time" => new PartAddress(PartKind.Timeline),
        "raw" => new PartAddress(PartKind.Messages),
        "context" or "calls" or "tools" or "logs" => Parse(section) ?? Overview,
        _ => Overview,
    };

    /// <summary>The part that contains this one: the call of a body, the list of one of its rows.</summary>
    public PartAddress Parent => this switch
    {
        { Body: not null } => this with { Body = null, BodyNumber = 1 },
        { Kind: PartKind.Call } => new PartAddress(PartKind.Calls),
        { Kind: PartKind.Tool } => new PartAddress(PartKind.Tools),
        _ => new PartAddress(Kind),
    };

    /// <inheritdoc />
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{NameOf(Kind)}{(Number is { } number ? $"/{number}" : "")}{(Body is { } body ? $"/{TraceBodyPage.Name(body)}{(BodyNumber > 1 ? $"/{BodyNumber}" : "")}" : "")}");

    private static PartAddress? OfBody(int call, ReadOnlySpan<string> words)
    {
        var name = words[0];
        var kind = Enum.GetValues<BodyKind>().Where(one => TraceBodyPage.Name(one) == name).Cast<BodyKind?>().FirstOrDefault();
        var number = words.Length == 1 ? 1 : words.Length == 2 ? NumberOf(words[1]) : null;
        return kind is null || number is null ? null : new PartAddress(PartKind.Call, call, kind, number.Value);
    }

    private static int? NumberOf(string word) => int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string NameOf(PartKind kind) => JsonNamingPolicy.KebabCaseLower.ConvertName(kind.ToString());
}
