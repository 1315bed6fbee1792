using Microsoft.EntityFrameworkCore;
using Platform.Core.Storage;

namespace Platform.Core.Traces;

/// <summary>Lists traces, newest first.</summary>
public sealed class TraceSearch(IDbContextFactory<PlatformDbContext> contexts)
{
    private const string Escape = "\\";

    /// <summary>Reads a page.</summary>
    /// <param name="tenantId">The owner.</param>
    /// <param name="filter">What to show.</param>
    /// <param name="after">The last trace of the page before; null for the first page.</param>
    /// <param name="limit">Most traces of the page, from 1.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    public async Task<TracePage> ListAsync(string tenantId, TraceFilter filter, TraceCursor? after, int limit, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var query = Matching(context, context.Traces.Where(trace => trace.TenantId == tenantId), filter);
        if (after is not null)
        {
            query = query.Where(trace => EF.Functions.LessThan(
                ValueTuple.Create(trace.StartedAt, trace.Id), ValueTuple.Create(after.StartedAt, after.Id)));
        }

        var traces = await query
            .OrderByDescending(trace => trace.StartedAt).ThenByDescending(trace => trace.Id)
            .Take(limit + 1)
            .ToListAsync(cancellationToken);
        if (traces.Count <= limit)
        {
            return new TracePage(traces, null);
        }

        traces.RemoveAt(limit);
        return new TracePage(traces, new TraceCursor(traces[^1].StartedAt, traces[^1].Id));
    }

    private static IQueryable<Trace> Matching(PlatformDbContext context, IQueryable<Trace> query, TraceFilter filter)
    {
        if (filter.Bot is { } bot)
        {
            query = query.Where(trace => trace.Bot == bot);
        }

        if (filter.Outcome is { } outcome)
        {
            query = query.Where(trace => trace.Outcome == outcome);
        }

        return filter.Text?.Trim() is { Length: > 0 } text ? Mentioning(context, query, text) : query;
    }

    private static IQueryable<Trace> Mentioning(PlatformDbContext context, IQueryable<Trace> query, string text)
    {
        var messageId = MessageIdText.Normalise(text);
        if (MessageIdText.IsSnowflake(messageId))
        {
            return query.Where(trace => context.TraceMessageRefs.Any(message => message.TraceId == trace.Id && message.MessageId == messageId));
        }

        if (Guid.TryParse(text, out var id))
        {
            return query.Where(trace => trace.Id == id || trace.ActivationId == id
                || context.TraceMessageRefs.Any(message => message.TraceId == trace.Id && message.MessageId == messageId));
        }

        var pattern = $"%{text.Replace(Escape, Escape + Escape, StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal)}%";
        return query.Where(trace => trace.SourceTraceId == text
            || EF.Functions.ILike(trace.TriggerPreview ?? string.Empty, pattern, Escape)
            || EF.Functions.ILike(trace.ResponsePreview ?? string.Empty, pattern, Escape)
            || EF.Functions.ILike(trace.ErrorMessage ?? string.Empty, pattern, Escape)
            || EF.Functions.ILike(trace.Model ?? string.Empty, pattern, Escape)
            || EF.Functions.ILike(trace.ChannelName ?? string.Empty, pattern, Escape));
    }
}
