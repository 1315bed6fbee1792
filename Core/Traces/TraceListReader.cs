using Microsoft.EntityFrameworkCore;
using NpgsqlTypes;
using Platform.Core.Storage;

namespace Platform.Core.Traces;

/// <summary>
/// Lists traces, newest first, and finds them by message, by id or by words. Traces that are dated <see cref="TraceOrder.FirstImpossible"/> or later come after
/// all others: a wrong clock or a damaged file caused their dates, and they would always be first in every list.
/// </summary>
public sealed class TraceListReader(IDbContextFactory<PlatformDbContext> contexts)
{
    /// <summary>
    /// How many of the newest traces are read one by one for words before the index of words is asked. A word that is in one of
    /// eighty fills a page from these; one that is rarer has few entries in the index.
    /// </summary>
    private const int Window = 4000;

    /// <summary>Most traces that are looked through for one id; a message is in as many as its bot was asked while it was in the window.</summary>
    private const int MostNamed = 2000;

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

    /// <summary>
    /// Finds the traces with a message, at most <see cref="MostNamed"/>. Read by itself: Postgres expects thousands of traces for any message, and
    /// in a larger question goes through the newest traces instead of asking the index.
    /// </summary>
    /// <param name="context">Runs the query.</param>
    /// <param name="messageId">As <see cref="MessageIdText.Normalise"/> writes it.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    internal static async Task<List<TraceMessages>> FindByMessageAsync(PlatformDbContext context, string messageId, CancellationToken cancellationToken) =>
        await context.TraceMessages
            .FromSql($"select * from trace_messages where message_ids @> array[{messageId}] limit {MostNamed}")
            .ToListAsync(cancellationToken);

    /// <summary>Selects a tenant's traces by everything but text.</summary>
    internal static IQueryable<Trace> Matching(PlatformDbContext context, string tenantId, TraceFilter filter) =>
        filter.Narrow(context.Traces.Where(trace => trace.TenantId == tenantId));

    private static async Task<List<Trace>> NewestAsync(
        PlatformDbContext context, string tenantId, TraceFilter filter, TraceCursor? after, int limit, CancellationToken cancellationToken)
    {
        List<Trace> found = [];
        foreach (var part in TraceOrder.From(after))
        {
            var rest = after is not null && TraceOrder.IsImpossible(after.StartedAt) == part.IsLast ? after : null;
            found.AddRange(await NewestAsync(context, tenantId, filter, part, rest, limit - found.Count, cancellationToken));
            if (found.Count >= limit)
            {
                break;
            }
        }

        return found;
    }

    private static async Task<List<Trace>> NewestAsync(
        PlatformDbContext context, string tenantId, TraceFilter filter, TraceOrder part, TraceCursor? after, int limit, CancellationToken cancellationToken)
    {
        var narrowed = After(part.Of(Matching(context, tenantId, filter)), after);
        if (filter.Text?.Trim() is not { Length: > 0 } text)
        {
            return await Newest(narrowed, limit).ToListAsync(cancellationToken);
        }

        var named = await NamedAsync(context, tenantId, text, cancellationToken);
        if (named.Count > 0)
        {
            return await Newest(narrowed.Where(trace => named.Contains(trace.Id)), limit).ToListAsync(cancellationToken);
        }

        return TraceWords.Question(text) is { } question
            ? await MatchTextAsync(context, tenantId, filter, part, narrowed, after, question, limit, cancellationToken)
            : [];
    }

    private static async Task<List<Trace>> MatchTextAsync(
        PlatformDbContext context,
        string tenantId,
        TraceFilter filter,
        TraceOrder part,
        IQueryable<Trace> narrowed,
        TraceCursor? after,
        string question,
        int limit,
        CancellationToken cancellationToken)
    {
        var window = Newest(narrowed, Window);
        var recent = await Newest(MatchText(window, question), limit).ToListAsync(cancellationToken);
        return recent.Count >= limit || await window.CountAsync(cancellationToken) < Window
            ? recent
            : await Newest(After(part.Of(filter.Narrow(MatchText(context, tenantId, question))), after), limit).ToListAsync(cancellationToken);
    }

    /// <summary>Finds the traces with a message of this id or link, and the trace with this id.</summary>
    private static async Task<HashSet<Guid>> NamedAsync(PlatformDbContext context, string tenantId, string text, CancellationToken cancellationToken)
    {
        var own = context.Traces.Where(trace => trace.TenantId == tenantId);
        HashSet<Guid> named = [.. (await FindByMessageAsync(context, MessageIdText.Normalise(text), cancellationToken)).Select(messages => messages.TraceId)];
        named.UnionWith(await Newest(own.Where(trace => trace.SourceTraceId == text), MostNamed).Select(trace => trace.Id).ToListAsync(cancellationToken));
        if (Guid.TryParse(text, out var id))
        {
            named.UnionWith(await own.Where(trace => trace.Id == id || trace.ActivationId == id).Select(trace => trace.Id).ToListAsync(cancellationToken));
        }

        return named;
    }

    private static IQueryable<Trace> MatchText(IQueryable<Trace> traces, string question) =>
        traces.Where(trace => EF.Property<NpgsqlTsVector>(trace, TraceConfiguration.Words).Matches(TraceWords.Asked(question)));

    /// <summary>Selects by the index of words. The offset keeps Postgres from going through the newest traces after all.</summary>
    private static IQueryable<Trace> MatchText(PlatformDbContext context, string tenantId, string question) => context.Traces.FromSql(
        $"select * from traces where tenant_id = {tenantId} and words @@ trace_query({question}) offset 0");

    private static IQueryable<Trace> After(IQueryable<Trace> traces, TraceCursor? after) => after is null
        ? traces
        : traces.Where(trace => EF.Functions.LessThan(
            ValueTuple.Create(trace.StartedAt, trace.Id), ValueTuple.Create(after.StartedAt, after.Id)));

    private static IQueryable<Trace> Newest(IQueryable<Trace> traces, int limit) =>
        traces.OrderByDescending(trace => trace.StartedAt).ThenByDescending(trace => trace.Id).Take(limit);
}

/// <summary>A page of the list.</summary>
/// <param name="Traces">Newest first.</param>
/// <param name="Next">Where the next page begins; null on the last one.</param>
public sealed record TracePage(IReadOnlyList<Trace> Traces, TraceCursor? Next);
