using System.Text.Json;
using System.Text.Unicode;
using Platform.Contracts;
using Platform.Core.Storage;

namespace Platform.Core.Traces.Export;

/// <summary>
/// Traces as an array of <c>{summary, calls, document}</c>. Documents stand in it byte for byte; a call's <c>bodies</c> hold what was
/// sent and received as <c>text</c> or, where that is not UTF-8, as <c>base64</c>.
/// </summary>
internal sealed class JsonExport(ExportSource source, bool withBodies)
{
    private const int PieceBytes = 1024 * 1024;

    public async Task<int> WriteAsync(IAsyncEnumerable<ExportedTrace> traces, Utf8JsonWriter json, CancellationToken cancellationToken)
    {
        var count = 0;
        json.WriteStartArray();
        await foreach (var trace in traces.WithCancellation(cancellationToken))
        {
            await WriteAsync(trace, json, cancellationToken);
            await json.FlushAsync(cancellationToken);
            count++;
        }

        json.WriteEndArray();
        return count;
    }

    private async Task WriteAsync(ExportedTrace trace, Utf8JsonWriter json, CancellationToken cancellationToken)
    {
        json.WriteStartObject();
        WriteRow(json, "summary", trace.Row);
        json.WriteStartArray("calls");
        foreach (var call in trace.Calls)
        {
            json.WriteStartObject();
            WriteRow(json, "call", call);
            await WriteBodiesAsync(trace, call, json, cancellationToken);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WritePropertyName("document");
        if (trace.Document is { } document)
        {
            json.WriteRawValue(WithoutByteOrderMark(document), skipInputValidation: true);
        }
        else
        {
            json.WriteNullValue();
        }

        json.WriteEndObject();
    }

    // The serializer itself would flush the writer, and a response takes no blocking writes.
    private static void WriteRow<T>(Utf8JsonWriter json, string name, T row)
    {
        json.WritePropertyName(name);
        json.WriteRawValue(JsonSerializer.SerializeToUtf8Bytes(row, WireJson.Options), skipInputValidation: true);
    }

    private async Task WriteBodiesAsync(ExportedTrace trace, LlmCall call, Utf8JsonWriter json, CancellationToken cancellationToken)
    {
        json.WriteStartArray("bodies");
        foreach (var body in trace.Bodies[call.Id])
        {
            json.WriteStartObject();
            json.WriteString("kind", EnumText.Of(body.Link.Kind));
            json.WriteNumber("position", body.Link.Position);
            json.WriteString("ref", body.Link.Ref);
            if (body.SizeBytes is { } size)
            {
                json.WriteNumber("size_bytes", size);
            }

            if (withBodies && await source.BodyAsync(trace, body, cancellationToken) is { } bytes)
            {
                await WriteContentAsync(json, bytes, cancellationToken);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>Piece by piece: the writer takes no text above 158 MiB at once, and would hold all of it.</summary>
    private static async Task WriteContentAsync(Utf8JsonWriter json, byte[] bytes, CancellationToken cancellationToken)
    {
        var isText = Utf8.IsValid(bytes);
        json.WritePropertyName(isText ? "text" : "base64");
        var at = 0;
        do
        {
            var length = Math.Min(PieceBytes, bytes.Length - at);
            WritePiece(json, bytes.AsSpan(at, length), isText, isLast: at + length == bytes.Length);
            await json.FlushAsync(cancellationToken);
            at += length;
        }
        while (at < bytes.Length);
    }

    private static void WritePiece(Utf8JsonWriter json, ReadOnlySpan<byte> piece, bool isText, bool isLast)
    {
        if (isText)
        {
            json.WriteStringValueSegment(piece, isLast);
        }
        else
        {
            json.WriteBase64StringSegment(piece, isLast);
        }
    }

    private static ReadOnlySpan<byte> WithoutByteOrderMark(ReadOnlySpan<byte> text) => text.StartsWith("\uFEFF"u8) ? text["\uFEFF"u8.Length..] : text;
}
