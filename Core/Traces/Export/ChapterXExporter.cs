using Microsoft.EntityFrameworkCore;
using Platform.Core.Storage;

namespace Platform.Core.Traces.Export;

/// <summary>
/// Writes traces as ChapterX lays them out: documents, raw bodies, streaming metrics and index as they were imported, byte for byte.
/// Native traces, whose documents have the same shape, go beside them.
/// </summary>
public sealed class ChapterXExporter(TraceListReader search, IDbContextFactory<PlatformDbContext> contexts)
{
    private const int Page = 100;

    /// <summary>Writes a zip of a <c>logs</c> folder. Memory holds a page of traces and one body, whatever the size of the whole, and what a zip's directory needs.</summary>
    /// <param name="tenantId">The owner.</param>
    /// <param name="filter">Which traces; those whose document is gone are left out.</param>
    /// <param name="zip">Written asynchronously only, need not be able to seek, and is left open.</param>
    /// <param name="cancellationToken">Ends it; the zip is cut off then.</param>
    public async Task WriteAsync(string tenantId, TraceFilter filter, Stream zip, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        using var logs = new LogsWriter(zip);
        var bodies = new BodyExport(context, logs);
        TraceCursor? after = null;
        do
        {
            var page = await search.ListAsync(tenantId, filter, after, Page, cancellationToken);
            var ids = page.Traces.Select(trace => trace.Id).ToList();
            var days = page.Traces.Select(trace => trace.DocumentDay).Distinct().ToList();
            var documents = await context.TraceDocuments
                .Where(document => days.Contains(document.StoredDay) && ids.Contains(document.TraceId))
                .ToDictionaryAsync(document => document.TraceId, cancellationToken);
            foreach (var trace in page.Traces)
            {
                if (documents.TryGetValue(trace.Id, out var document))
                {
                    await logs.WriteTraceAsync(trace, document, cancellationToken);
                }
            }

            await bodies.WriteAsync([.. documents.Keys], cancellationToken);
            after = page.Next;
        }
        while (after is not null);

        await logs.EndAsync(cancellationToken);
    }
}
