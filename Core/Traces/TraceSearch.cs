using Microsoft.EntityFrameworkCore;
using NpgsqlTypes;
using Platform.Core.Storage;

namespace Platform.Core.Traces;

/// <summary>Lists traces, newest first, and finds them by message, by id or by words.</summary>
public sealed class TraceSearch(IDbContextFactory<PlatformDbContext> contexts)
{
    /// <summary>
    /// How many of the newest traces are read one by one for words before the index of words is asked. A word that is in one of
    /// eighty fills a page from these; one that is rarer has few entries in the index.
    /// </summary>
    private const int Window = 4000;

    /// <summary>Reads a page.</summary>
    /// <param name="tenantId">The owner.</param>
    /// <param name="filter">What to show.</param>
    /// <param name="after">The last trace of the page before; null for the first page.</param>
    /// <param name="limit">Most traces of the page, from 1.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    public async Task<TracePage> ListAsync(string tenantId, TraceFilter filter, TraceCursor? after, int limit, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var traces = await NewestAsync(context, tenantId, filter, after, limit + 1, cancellationToken);
        if (traces.Count <= limit)
        {
            return new TracePage(traces, null);
        }

        traces.RemoveAt(limit);
        return new TracePage(traces, new TraceCursor(traces[^1].StartedAt, traces[^1].Id));
    }

    /// <summary>Selects what knows a message.</summary>
    /// <param name="context">Runs the query.</param>
    /// <param name="messageId">As <see cref="MessageIdText.Normalise"/> writes it.</param>
    internal static IQueryable<TraceMessages> Knowing(PlatformDbContext context, string messageId) =>
        context.TraceMessages.FromSql($"select * from trace_messages where message_ids @> array[{messageId}]");

    /// <summary>Selects a tenant's traces by everything but text.</summary>
    internal static IQueryable<Trace> Matching(PlatformDbContext context, string tenantId, TraceFilter filter) =>
        Narrow(context.Traces.Where(trace => trace.TenantId == tenantId), filter);

    private static async Task<List<Trace>> NewestAsync(
        PlatformDbContext context, string tenantId, TraceFilter filter, TraceCursor? after, int limit, CancellationToken cancellationToken)
    {
        var narrowed = After(Matching(context, tenantId, filter), after);
        if (filter.Text?.Trim() is not { Length: > 0 } text)
        {
            return await Newest(narrowed, limit).ToListAsync(cancellationToken);
        }

        if (await Named(context, tenantId, text).AnyAsync(cancellationToken))
        {
            return await Newest(After(Narrow(Named(context, tenantId, text), filter), after), limit).ToListAsync(cancellationToken);
        }

        return TraceWords.Question(text) is { } question
            ? await SayingAsync(context, tenantId, filter, narrowed, after, question, limit, cancellationToken)
            : [];
    }

    private static async Task<List<Trace>> SayingAsync(
        PlatformDbContext context,
        string tenantId,
        TraceFilter filter,
        IQueryable<Trace> narrowed,
        TraceCursor? after,
        string question,
        int limit,
        CancellationToken cancellationToken)
    {
        var window = Newest(narrowed, Window);
        var recent = await Newest(Saying(window, question), limit).ToListAsync(cancellationToken);
        return recent.Count >= limit || await window.CountAsync(cancellationToken) < Window
            ? recent
            : await Newest(After(Narrow(Saying(context, tenantId, question), filter), after), limit).ToListAsync(cancellationToken);
    }

    /// <summary>Selects what knows a message of this id or link, or has this id itself.</summary>
    private static IQueryable<Trace> Named(PlatformDbContext context, string tenantId, string text)
    {
        var messageId = MessageIdText.Normalise(text);
        var own = context.Traces.Where(trace => trace.TenantId == tenantId);
        var knowing = own.Where(trace => Knowing(context, messageId).Any(messages => messages.TraceId == trace.Id));
        return Guid.TryParse(text, out var id)
            ? knowing.Union(own.Where(trace => trace.Id == id)).Union(own.Where(trace => trace.ActivationId == id))
            : knowing.Union(own.Where(trace => trace.SourceTraceId == text));
    }

    private static IQueryable<Trace> Saying(IQueryable<Trace> traces, string question) =>
        traces.Where(trace => EF.Property<NpgsqlTsVector>(trace, TraceConfiguration.Words).Matches(TraceWords.Asked(question)));

    /// <summary>Selects by the index of words. The offset keeps Postgres from going through the newest traces after all.</summary>
    private static IQueryable<Trace> Saying(PlatformDbContext context, string tenantId, string question) => context.Traces.FromSql(
        $"select * from traces where tenant_id = {tenantId} and words @@ trace_query({question}) offset 0");

    private static IQueryable<Trace> After(IQueryable<Trace> traces, TraceCursor? after) => after is null
        ? traces
        : traces.Where(trace => EF.Functions.LessThan(
            ValueTuple.Create(trace.StartedAt, trace.Id), ValueTuple.Create(after.StartedAt, after.Id)));

    private static IQueryable<Trace> Newest(IQueryable<Trace> traces, int limit) =>
        traces.OrderByDescending(trace => trace.StartedAt).ThenByDescending(trace => trace.Id).Take(limit);

    private static IQueryable<Trace> Narrow(IQueryable<Trace> traces, TraceFilter filter)
    {
        traces = filter.Bot is { } bot ? traces.Where(trace => trace.Bot == bot) : traces;
        traces = filter.Channel is { } channel ? traces.Where(trace => trace.ChannelId == channel) : traces;
        traces = filter.Outcome is { } outcome ? traces.Where(trace => trace.Outcome == outcome) : traces;
        traces = filter.SilentReason is { } reason ? traces.Where(trace => trace.SilentReason == reason) : traces;
        traces = filter.Model is { } model ? traces.Where(trace => trace.Model == model) : traces;
        traces = filter.CostFrom is { } cost ? traces.Where(trace => trace.CostUsd >= cost) : traces;
        traces = filter.DurationFrom is { } duration ? traces.Where(trace => trace.DurationMs >= duration) : traces;
        traces = filter.From is { } from ? traces.Where(trace => trace.StartedAt >= from) : traces;
        return filter.To is { } to ? traces.Where(trace => trace.StartedAt < to) : traces;
    }
}
