using Microsoft.EntityFrameworkCore;
using NpgsqlTypes;
using Platform.Contracts.Traces;
using Platform.Core.Storage;

namespace Platform.Core.Traces;

/// <summary>
/// Lists traces in any <see cref="TraceOrder"/>, and finds them by message, by id or by words. By time, traces that are dated
/// <see cref="TimePart.FirstImpossible"/> or later come after all others: a wrong clock or a damaged file caused their dates, and they would always be
/// first in every list.
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

    /// <summary>Reads a page, newest first.</summary>
    /// <inheritdoc cref="ListAsync(string, TraceFilter, TraceOrder, TraceCursor?, int, CancellationToken)"/>
    public Task<TracePage> ListAsync(string tenantId, TraceFilter filter, TraceCursor? after, int limit, CancellationToken cancellationToken) =>
        ListAsync(tenantId, filter, TraceOrder.Newest, after, limit, cancellationToken);

    /// <summary>Reads a page.</summary>
    /// <param name="tenantId">The owner.</param>
    /// <param name="filter">What to show.</param>
    /// <param name="order">In which order.</param>
    /// <param name="after">The last trace of the page before, in the same order; null for the first page.</param>
    /// <param name="limit">Most traces of the page, from 1.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    public async Task<TracePage> ListAsync(
        string tenantId, TraceFilter filter, TraceOrder order, TraceCursor? after, int limit, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var own = context.Traces.Where(trace => trace.TenantId == tenantId);
        var text = await TextAsync(context, own, filter, cancellationToken);
        var (traces, areMore) = text is { Named.Count: 0, Question: null } ? ([], false)
            : order.By == TraceSort.Time ? (await ByTimeAsync(context, tenantId, filter, text, order, after, limit + 1, cancellationToken), false)
            : await ByFigureAsync(context, tenantId, filter, text, order, after, limit + 1, cancellationToken);
        int? sorted = areMore ? TraceRanking.MostSorted : null;
        if (traces.Count <= limit)
        {
            return new TracePage(traces, null, sorted);
        }

        traces.RemoveAt(limit);
        return new TracePage(traces, order.At(traces[^1]), sorted);
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

    private static async Task<(List<Trace> Traces, bool AreMore)> ByFigureAsync(
        PlatformDbContext context,
        string tenantId,
        TraceFilter filter,
        FoundText? text,
        TraceOrder order,
        TraceCursor? after,
        int limit,
        CancellationToken cancellationToken)
    {
        var figure = TraceFigure.Of(order.By);
        var ranking = new TraceRanking(figure, order);
        var matching = Matching(context, tenantId, filter);
        if (text is { Named: { Count: > 0 } named })
        {
            return await ranking.SortAsync(context, matching.Where(trace => named.Contains(trace.Id)), after, limit, cancellationToken);
        }

        var question = text?.Question;
        var all = filter.NarrowBy(context.Traces.Where(trace => trace.TenantId == tenantId), figure.Filter);
        var walked = await ranking.WalkAsync(
            all, traces => question is null ? filter.Narrow(traces) : MatchText(filter.Narrow(traces), question), after, limit, cancellationToken);
        return walked is not null ? (walked, false)
            : await ranking.SortAsync(
                context, question is null ? matching : filter.Narrow(MatchText(context, tenantId, question)), after, limit, cancellationToken);
    }

    private static async Task<List<Trace>> ByTimeAsync(
        PlatformDbContext context,
        string tenantId,
        TraceFilter filter,
        FoundText? text,
        TraceOrder order,
        TraceCursor? after,
        int limit,
        CancellationToken cancellationToken)
    {
        List<Trace> found = [];
        foreach (var part in TimePart.From(after?.StartedAt))
        {
            var rest = after is not null && TimePart.IsImpossible(after.StartedAt) == part.IsLast ? after : null;
            found.AddRange(await PartAsync(traces => Sorted(After(part.Of(traces), rest), order), limit - found.Count));
            if (found.Count >= limit)
            {
                break;
            }
        }

        return found;

        async Task<List<Trace>> PartAsync(Func<IQueryable<Trace>, IQueryable<Trace>> sorted, int wanted)
        {
            var narrowed = sorted(Matching(context, tenantId, filter));
            if (text is null)
            {
                return await narrowed.Take(wanted).ToListAsync(cancellationToken);
            }

            if (text.Question is not { } question)
            {
                return await narrowed.Where(trace => text.Named.Contains(trace.Id)).Take(wanted).ToListAsync(cancellationToken);
            }

            var window = narrowed.Take(Window);
            var near = await Sorted(MatchText(window, question), order).Take(wanted).ToListAsync(cancellationToken);
            return near.Count >= wanted || await window.CountAsync(cancellationToken) < Window
                ? near
                : await sorted(filter.Narrow(MatchText(context, tenantId, question))).Take(wanted).ToListAsync(cancellationToken);
        }
    }

    /// <summary>Finds out what the text of a filter means. Null when there is none.</summary>
    private static async Task<FoundText?> TextAsync(PlatformDbContext context, IQueryable<Trace> own, TraceFilter filter, CancellationToken cancellationToken)
    {
        if (filter.Text?.Trim() is not { Length: > 0 } text)
        {
            return null;
        }

        var named = await NamedAsync(context, own, text, cancellationToken);
        return new FoundText(named, named.Count > 0 ? null : TraceWords.Question(text));
    }

    /// <summary>Finds the traces with a message of this id or link, and the trace with this id.</summary>
    private static async Task<HashSet<Guid>> NamedAsync(PlatformDbContext context, IQueryable<Trace> own, string text, CancellationToken cancellationToken)
    {
        HashSet<Guid> named = [.. (await FindByMessageAsync(context, MessageIdText.Normalise(text), cancellationToken)).Select(messages => messages.TraceId)];
        named.UnionWith(await Sorted(own.Where(trace => trace.SourceTraceId == text), TraceOrder.Newest).Take(MostNamed).Select(trace => trace.Id).ToListAsync(cancellationToken));
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

    private static IQueryable<Trace> After(IQueryable<Trace> traces, TraceCursor? after) => after switch
    {
        null => traces,
        { Order.IsAscending: true } => traces.Where(trace => EF.Functions.GreaterThan(
            ValueTuple.Create(trace.StartedAt, trace.Id), ValueTuple.Create(after.StartedAt, after.Id))),
        _ => traces.Where(trace => EF.Functions.LessThan(
            ValueTuple.Create(trace.StartedAt, trace.Id), ValueTuple.Create(after.StartedAt, after.Id))),
    };

    private static IQueryable<Trace> Sorted(IQueryable<Trace> traces, TraceOrder byTime) => byTime.IsAscending
        ? traces.OrderBy(trace => trace.StartedAt).ThenBy(trace => trace.Id)
        : traces.OrderByDescending(trace => trace.StartedAt).ThenByDescending(trace => trace.Id);

    /// <summary>What a text led to.</summary>
    /// <param name="Named">The traces that it names; empty when it names none.</param>
    /// <param name="Question">Its words, if it names no trace; null when it has none.</param>
    private sealed record FoundText(HashSet<Guid> Named, string? Question);
}

/// <summary>A page of the list.</summary>
/// <param name="Traces">In the order that was asked for.</param>
/// <param name="Next">Where the next page begins; null on the last one.</param>
/// <param name="Sorted">How many of the newest matching traces were sorted; null when all were.</param>
public sealed record TracePage(IReadOnlyList<Trace> Traces, TraceCursor? Next, int? Sorted = null);
