using System.Security.Cryptography;
using System.Text.Json;
using Platform.Contracts.Traces.Document;
using Platform.Core.Traces.ChapterX;

namespace Platform.Core.Traces.Verify;

/// <summary>Compares stored bytes with their hash, and a document with the rows that were made of it.</summary>
internal static class DocumentCheck
{
    private static readonly TraceDocumentReader Parts = new(part => part is
        nameof(TraceDocument.TraceId) or nameof(TraceDocument.BotId) or nameof(TraceDocument.Timestamp)
        or nameof(TraceDocument.LlmCalls) or nameof(TraceDocument.ToolExecutions));

    /// <summary>Expands stored bytes.</summary>
    /// <param name="what">What they are, for the message.</param>
    /// <param name="size">As stored beside them.</param>
    /// <param name="sha256">As stored beside them.</param>
    /// <param name="content">Compressed.</param>
    /// <param name="fault">What is wrong with them; null when nothing is.</param>
    /// <returns>Null when something is.</returns>
    public static byte[]? Expand(string what, int size, byte[] sha256, byte[] content, out string? fault)
    {
        try
        {
            var bytes = CompressedContent.Expand(content, size);
            fault = SHA256.HashData(bytes).AsSpan().SequenceEqual(sha256) ? null : $"The {what}'s bytes do not match the stored SHA-256.";
            return fault is null ? bytes : null;
        }
        catch (InvalidDataException)
        {
            fault = $"The {what}'s stored bytes are damaged: they do not decompress to {size} bytes.";
            return null;
        }
    }

    /// <summary>Checks the index and streaming lines of a document.</summary>
    /// <param name="trace">Whose they are.</param>
    /// <param name="indexLine">As stored; null when there is none, or an export generates it.</param>
    /// <param name="streams">Compressed; null when there are none.</param>
    /// <param name="streamBytes">As stored beside them.</param>
    public static IEnumerable<string> LineErrors(CheckedTrace trace, byte[]? indexLine, byte[]? streams, int? streamBytes)
    {
        if (indexLine is not null && IndexEntry.Parse(indexLine)?.IsOf(trace.SourceTraceId, trace.StartedAt, trace.Bot) != true)
        {
            yield return "Its index line belongs to another trace.";
        }

        if (streams is not null && !Expands(streams, streamBytes ?? 0))
        {
            yield return $"Its lines of streaming metrics are damaged: they do not decompress to {streamBytes ?? 0} bytes.";
        }
    }

    private static bool Expands(byte[] content, int size)
    {
        try
        {
            CompressedContent.Expand(content, size);
            return true;
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }

    /// <summary>Finds the differences between a document and its rows.</summary>
    public static IEnumerable<string> Errors(CheckedTrace trace, byte[] document)
    {
        TraceDocument parts;
        try
        {
            parts = TraceReader.Read(document, Parts);
        }
        catch (Exception exception) when (exception is JsonException or InvalidDataException)
        {
            return [$"The document cannot be parsed: {exception.Message}"];
        }

        return Differences(trace, parts);
    }

    private static IEnumerable<string> Differences(CheckedTrace trace, TraceDocument document)
    {
        if (document.TraceId is { Length: > 0 } id && id != trace.SourceTraceId)
        {
            yield return $"The document has the trace id {id}, the row {trace.SourceTraceId}.";
        }

        if (document.BotId is { Length: > 0 } bot && bot != trace.Bot)
        {
            yield return $"The document's bot is '{bot}', the row's '{trace.Bot}'.";
        }

        if (TraceTime.Parse(document.Timestamp) is { } start && Math.Abs((start - trace.StartedAt).TotalMilliseconds) >= 1)
        {
            yield return $"The document begins at {start:O}, the row at {trace.StartedAt:O}.";
        }

        if (document.ToolExecutions.Count != trace.Tools)
        {
            yield return $"The document has {document.ToolExecutions.Count} tool executions, the row has {trace.Tools}.";
        }

        if (document.LlmCalls.Count != trace.Calls)
        {
            yield return $"The document has {document.LlmCalls.Count} calls, the row has {trace.Calls}.";
        }

        foreach (var (call, row) in document.LlmCalls.Zip(trace.CallIds))
        {
            if (call.CallId is { } callId && callId != row)
            {
                yield return $"The document has call {callId} where the rows have {row}.";
            }
        }
    }
}
