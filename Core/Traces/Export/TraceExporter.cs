using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Platform.Core.Storage;

namespace Platform.Core.Traces.Export;

/// <summary>Writes a selection of traces into a stream, trace by trace.</summary>
public sealed class TraceExporter(TraceListReader search, TraceReader reader, ChapterXExporter chapterX)
{
    // Raw documents stand in the output as they are, so their depth is their own; names and texts are no HTML.
    private static readonly JsonWriterOptions WriterOptions = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    /// <summary>Content type of a format.</summary>
    public static string ContentType(ExportFormat format) => format switch
    {
        ExportFormat.Chapterx => "application/zip",
        ExportFormat.Json or ExportFormat.Otlp => "application/json",
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, null),
    };

    /// <summary>A name for the file, such as <c>traces-20261121-083000-otlp.json</c>.</summary>
    /// <param name="format">The format.</param>
    /// <param name="now">When it is made.</param>
    public static string FileName(ExportFormat format, DateTimeOffset now) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"traces-{now.UtcDateTime:yyyyMMdd-HHmmss}-{EnumText.Of(format)}.{(format == ExportFormat.Chapterx ? "zip" : "json")}");

    /// <summary>Writes.</summary>
    /// <param name="format">How.</param>
    /// <param name="tenantId">The owner.</param>
    /// <param name="filter">Which traces.</param>
    /// <param name="options">What goes with them.</param>
    /// <param name="output">Where to; written asynchronously only, and left open.</param>
    /// <param name="cancellationToken">Ends it; the output is cut off then.</param>
    /// <returns>How many traces there are in it; null when the format does not tell.</returns>
    public async Task<int?> WriteAsync(
        ExportFormat format, string tenantId, TraceFilter filter, ExportOptions options, Stream output, CancellationToken cancellationToken)
    {
        if (format == ExportFormat.Chapterx)
        {
            await chapterX.WriteAsync(tenantId, filter, output, cancellationToken);
            return null;
        }

        var source = new ExportSource(search, reader);
        var traces = source.ReadAsync(tenantId, filter, cancellationToken);
        await using var json = new Utf8JsonWriter(output, WriterOptions);
        return format switch
        {
            ExportFormat.Json => await new JsonExport(source, options.Bodies).WriteAsync(traces, json, cancellationToken),
            ExportFormat.Otlp => await new OtlpExport(source, options.Content).WriteAsync(traces, json, cancellationToken),
            _ => throw new ArgumentOutOfRangeException(nameof(format), format, null),
        };
    }
}
