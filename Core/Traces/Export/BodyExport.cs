using Microsoft.EntityFrameworkCore;
using Platform.Core.Storage;
using Platform.Core.Traces.ChapterX;

namespace Platform.Core.Traces.Export;

/// <summary>Writes raw bodies under the names by which their traces mention them.</summary>
internal sealed class BodyExport(PlatformDbContext context, LogsWriter logs)
{
    private readonly NameSet _written = new();

    /// <summary>Writes the bodies of traces that are there, each name once.</summary>
    public async Task WriteAsync(IReadOnlyList<Guid> traceIds, CancellationToken cancellationToken)
    {
        var links = await (
            from call in context.LlmCalls
            join link in context.LlmCallBodies on call.Id equals link.LlmCallId
            where traceIds.Contains(call.TraceId) && link.Sha256 != null
            orderby call.StartedAt, call.Id, link.Kind, link.Position
            select link).ToListAsync(cancellationToken);
        foreach (var link in links)
        {
            if (LogLayout.BodyPath(link.Kind, link.Ref) is not { } path || !_written.Add(path))
            {
                continue;
            }

            var body = await context.Bodies.SingleOrDefaultAsync(body => body.StoredDay == link.StoredDay && body.Sha256 == link.Sha256, cancellationToken);
            if (body is not null)
            {
                await logs.WriteFileAsync(path, CompressedContent.Expand(body.Content, body.SizeBytes), cancellationToken);
            }
        }
    }
}
