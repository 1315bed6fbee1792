using System.Text.Json;
using Platform.Contracts.Traces;
using Platform.Contracts.Traces.Document;
using Platform.Core.Models;
using Platform.Core.Storage;

namespace Platform.Core.Traces.Export;

/// <summary>
/// Traces as one OTLP <c>TracesData</c>: a trace an activation, with a span <c>invoke_agent</c> and, below it, one a model call and one a tool run,
/// after https://github.com/open-telemetry/semantic-conventions-genai. Log lines and rules of the decision are events of the first.
/// </summary>
internal sealed class OtlpExport(ExportSource source, bool withContent)
{
    // Messages become an attribute each, which is one text in memory.
    private const int LargestContentBytes = 32 * 1024 * 1024;

    public async Task<int> WriteAsync(IAsyncEnumerable<ExportedTrace> traces, Utf8JsonWriter json, CancellationToken cancellationToken)
    {
        var count = 0;
        json.WriteStartObject();
        json.WriteStartArray("resourceSpans");
        await foreach (var trace in traces.WithCancellation(cancellationToken))
        {
            await WriteAsync(trace, json, cancellationToken);
            await json.FlushAsync(cancellationToken);
            count++;
        }

        json.WriteEndArray();
        json.WriteEndObject();
        return count;
    }

    private async Task WriteAsync(ExportedTrace trace, Utf8JsonWriter json, CancellationToken cancellationToken)
    {
        var document = trace.Document is { } bytes ? TraceReader.Read(bytes, OtlpSpans.Parts) : new TraceDocument();
        json.WriteStartObject();
        json.WriteStartObject("resource");
        json.WriteStartArray("attributes");
        new OtlpAttributes(json).Add("service.name", trace.Row.Source == TraceSource.Native ? "platform" : EnumText.Of(trace.Row.Source));
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteStartArray("scopeSpans");
        json.WriteStartObject();
        json.WriteStartObject("scope");
        json.WriteString("name", "Platform.Traces");
        json.WriteEndObject();
        json.WriteStartArray("spans");
        var spans = new OtlpSpans(json, trace, document, withContent);
        spans.WriteRoot();
        foreach (var call in trace.Calls)
        {
            var content = withContent ? await ContentAsync(trace, call, document, cancellationToken) : null;
            spans.WriteCall(call, content);
        }

        spans.WriteTools();
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private async Task<GenAiContent> ContentAsync(ExportedTrace trace, LlmCall call, TraceDocument document, CancellationToken cancellationToken)
    {
        var request = await LastAsync(trace, call, BodyKind.Request, cancellationToken) ?? await LastAsync(trace, call, BodyKind.MembraneRequest, cancellationToken);
        var response = await LastAsync(trace, call, BodyKind.Response, cancellationToken);
        var isLast = call.Position == trace.Calls[^1].Position;
        var said = isLast ? document.Outcome?.ResponseText : null;
        return GenAiContent.Of(request, response, said, call.StopReason);
    }

    private async Task<byte[]?> LastAsync(ExportedTrace trace, LlmCall call, BodyKind kind, CancellationToken cancellationToken) =>
        trace.Bodies[call.Id].LastOrDefault(body => body.Link.Kind == kind) is { SizeBytes: <= LargestContentBytes } body
            ? await source.BodyAsync(trace, body, cancellationToken)
            : null;
}
