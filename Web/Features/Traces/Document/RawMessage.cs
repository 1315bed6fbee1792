using System.Text.Json;

namespace Platform.Web.Features.Traces.Document;

/// <summary>A Discord message as it was fetched, before anything was made of it.</summary>
public sealed record RawMessage
{
    public string? Id { get; init; }

    public RawAuthor? Author { get; init; }

    public string? Content { get; init; }

    /// <summary>UTC.</summary>
    public DateTimeOffset? Timestamp { get; init; }

    public IReadOnlyList<RawAttachment> Attachments { get; init; } = [];

    /// <summary>The id of the message that it answers; some versions wrote an object.</summary>
    public JsonElement? ReplyTo { get; init; }

    /// <summary>The id of the message that it answers; null when it answers none.</summary>
    public string? RepliedId => ReplyTo switch
    {
        { ValueKind: JsonValueKind.String } id => id.GetString(),
        { ValueKind: JsonValueKind.Object } message when message.TryGetProperty("id", out var id) && id.ValueKind is JsonValueKind.String => id.GetString(),
        _ => null,
    };
}
