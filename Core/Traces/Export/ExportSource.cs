using System.Runtime.CompilerServices;

namespace Platform.Core.Traces.Export;

/// <summary>Reads a selection of traces one by one, so that memory holds one document at a time however many there are.</summary>
internal sealed class ExportSource(TraceListReader search, TraceReader reader)
{
    private const int Page = 200;

    /// <summary>Newest first. What arrives meanwhile is not among them.</summary>
    public async IAsyncEnumerable<ExportedTrace> ReadAsync(
        string tenantId, TraceFilter filter, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        TraceCursor? cursor = null;
        do
        {
            var page = await search.ListAsync(tenantId, filter, cursor, Page, cancellationToken);
            foreach (var trace in page.Traces)
            {
                yield return new ExportedTrace(
                    trace,
                    await reader.DocumentAsync(trace, cancellationToken),
                    await reader.CallsAsync(trace.Id, cancellationToken),
                    await reader.BodiesAsync(trace.Id, cancellationToken));
            }

            cursor = page.Next;
        }
        while (cursor is not null);
    }

    /// <summary>Reads a body. Null when it is not here.</summary>
    public Task<byte[]?> BodyAsync(ExportedTrace trace, CallBody body, CancellationToken cancellationToken) => body.SizeBytes is null
        ? Task.FromResult<byte[]?>(null)
        : reader.BodyAsync(trace.Row.Id, body.Link.LlmCallId.ToString(), body.Link.Kind, body.Link.Position, cancellationToken);
}
