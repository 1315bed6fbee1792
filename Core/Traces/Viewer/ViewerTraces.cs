using Microsoft.EntityFrameworkCore;
using Platform.Contracts.Traces;
using Platform.Core.Storage;
using Platform.Core.Traces.ChapterX;

namespace Platform.Core.Traces.Viewer;

/// <summary>Queries of ChapterX's trace viewer, over imported and native traces. Other tenants' traces are not visible.</summary>
public sealed class ViewerTraces(IDbContextFactory<PlatformDbContext> contexts, TraceReader reader)
{
    private const int MostHits = 1000;

    /// <summary>The viewer has no estimates; above this number the last page is rarely opened.</summary>
    private const int MostCounted = 100_000;

    /// <summary>Channels with the most traces first; of as many, the one with the newest trace.</summary>
    public async Task<IReadOnlyList<ViewerChannel>> ChannelsAsync(string tenantId, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Traces
            .Where(trace => trace.TenantId == tenantId)
            .GroupBy(trace => trace.ChannelId)
            .Select(group => new { Id = group.Key, Name = group.Max(trace => trace.ChannelName), Count = group.Count(), Newest = group.Max(trace => trace.StartedAt) })
            .OrderByDescending(channel => channel.Count).ThenByDescending(channel => channel.Newest).ThenBy(channel => channel.Id)
            .Select(channel => new ViewerChannel(channel.Id, channel.Name ?? channel.Id, channel.Count))
            .ToListAsync(cancellationToken);
    }

    /// <summary>Reads a page, newest first.</summary>
    /// <param name="tenantId">The owner.</param>
    /// <param name="bot">Exact name; null for all.</param>
    /// <param name="channelId">Exact id; null for all.</param>
    /// <param name="failedOnly">Leaves out what <see cref="Succeeded"/>.</param>
    /// <param name="limit">From 1.</param>
    /// <param name="offset">From 0.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    public async Task<ViewerPage> ListAsync(
        string tenantId, string? bot, string? channelId, bool failedOnly, int limit, int offset, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var query = context.Traces.Where(trace => trace.TenantId == tenantId
            && (channelId == null || trace.ChannelId == channelId));
        if (bot is not null)
        {
            query = query.Where(TraceFilter.IsBot(bot));
        }

        if (failedOnly)
        {
            query = query.Where(trace => trace.Outcome == TraceOutcome.Failed || trace.Outcome == TraceOutcome.Cancelled
                || trace.SilentReason == OutcomeReader.EndedSilently);
        }

        List<Trace> traces = [];
        foreach (var part in TraceOrder.From(null))
        {
            var ordered = part.Of(query).OrderByDescending(trace => trace.StartedAt).ThenByDescending(trace => trace.Id);
            traces.AddRange(await ordered.Skip(offset).Take(limit - traces.Count).ToListAsync(cancellationToken));
            if (traces.Count == limit)
            {
                break;
            }

            // What the offset leaves out of this part it does not leave out of the next.
            offset = traces.Count > 0 ? 0 : Math.Max(0, offset - await part.Of(query).CountAsync(cancellationToken));
        }

        return new ViewerPage(traces, (int)await TraceCounter.CountAsync(context, query, MostCounted, cancellationToken));
    }

    /// <summary>Finds the traces with a message, newest first; each once.</summary>
    /// <param name="tenantId">The owner.</param>
    /// <param name="messageId">As <see cref="MessageIdText.Normalise"/> writes it.</param>
    /// <param name="bot">Exact name; null for all.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    public async Task<IReadOnlyList<ViewerHit>> SearchAsync(string tenantId, string messageId, string? bot, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var byMessage = (await TraceListReader.FindByMessageAsync(context, messageId, cancellationToken)).ToDictionary(messages => messages.TraceId);
        var ids = byMessage.Keys.ToArray();
        var traces = await context.Traces
            .Where(trace => trace.TenantId == tenantId && ids.Contains(trace.Id) && (bot == null || trace.Bot == bot))
            .OrderByDescending(trace => trace.StartedAt).ThenByDescending(trace => trace.Id)
            .Take(MostHits)
            .ToListAsync(cancellationToken);
        return [.. traces.Select(trace => Hit(trace, byMessage[trace.Id], messageId))];
    }

    /// <summary>Finds a trace by our id, else by the id that its own program gave it: the newest, if several have that.</summary>
    public async Task<Trace?> FindAsync(string tenantId, string id, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var own = context.Traces.Where(trace => trace.TenantId == tenantId);
        return Guid.TryParse(id, out var key) && await own.SingleOrDefaultAsync(trace => trace.Id == key, cancellationToken) is { } found
            ? found
            : await own.Where(trace => trace.SourceTraceId == id).OrderByDescending(trace => trace.StartedAt).FirstOrDefaultAsync(cancellationToken);
    }

    /// <summary>Opens a raw body by the name under which a trace mentions it: the newest, if several have that. The caller disposes it.</summary>
    /// <returns>Null when there is none, or not any more.</returns>
    public async Task<StoredContent?> OpenBodyAsync(string tenantId, BodyKind kind, string reference, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var body = await (
            from link in context.LlmCallBodies
            join call in context.LlmCalls on link.LlmCallId equals call.Id
            join trace in context.Traces on call.TraceId equals trace.Id
            from stored in context.Bodies.Where(stored => stored.StoredDay == link.StoredDay && stored.Sha256 == link.Sha256)
            where link.Ref == reference && link.Kind == kind && trace.TenantId == tenantId
            orderby trace.StartedAt descending
            select new { stored.StoredDay, stored.Sha256 }).FirstOrDefaultAsync(cancellationToken);
        return body is null ? null : await reader.OpenBodyAsync(body.StoredDay, body.Sha256, cancellationToken);
    }

    /// <summary>Success in the viewer's sense: the activation ended without a failure, with or without an answer.</summary>
    public static bool Succeeded(Trace trace)
    {
        ArgumentNullException.ThrowIfNull(trace);
        return trace.Outcome is TraceOutcome.Answered
            || (trace.Outcome is TraceOutcome.Silent && trace.SilentReason != OutcomeReader.EndedSilently);
    }

    private static ViewerHit Hit(Trace trace, TraceMessages messages, string messageId)
    {
        var position = Array.IndexOf(messages.MessageIds, messageId);
        return position < messages.Triggers ? new ViewerHit(trace, TraceMessageRole.Trigger, position)
            : position < messages.Triggers + messages.Contexts ? new ViewerHit(trace, TraceMessageRole.Context, position - messages.Triggers)
            : new ViewerHit(trace, TraceMessageRole.Sent, position - messages.Triggers - messages.Contexts);
    }
}
