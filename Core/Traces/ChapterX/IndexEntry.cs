using System.Text.Json;
using Platform.Contracts;
using Platform.Core.Json;

namespace Platform.Core.Traces.ChapterX;

/// <summary>The content of a line of <c>index.jsonl</c> that its trace lacks.</summary>
internal sealed record IndexEntry(
    string? Bot,
    string TraceId,
    DateTimeOffset StartedAt,
    string? ChannelId,
    string? ChannelName,
    string? TriggerPreview,
    string? ResponsePreview)
{
    /// <summary>Reads a line.</summary>
    /// <returns>Null when it is malformed.</returns>
    public static IndexEntry? Parse(byte[] line)
    {
        try
        {
            using var document = JsonDocument.Parse(LoneSurrogates.Repair(line));
            var root = document.RootElement;
            return LenientJson.Text(root, "traceId") is { } traceId && LenientJson.Instant(root, "timestamp") is { } startedAt
                ? new IndexEntry(
                    LenientJson.Text(root, "botName"),
                    traceId,
                    startedAt,
                    LenientJson.Text(root, "channelId"),
                    TextCut.Name(LenientJson.Text(root, "channelName")),
                    TextCut.Preview(LenientJson.Text(root, "triggerPreview")),
                    TextCut.Preview(LenientJson.Text(root, "responsePreview")))
                : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: text that is not UTF-8.
            return null;
        }
    }

    /// <summary>Returns whether the line is this trace's; older lines name no bot.</summary>
    public bool IsOf(string traceId, DateTimeOffset startedAt, string bot) =>
        TraceId == traceId && StartedAt == startedAt && (Bot ?? bot) == bot;
}
