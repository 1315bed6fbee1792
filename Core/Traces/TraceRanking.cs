using Microsoft.EntityFrameworkCore;
using Platform.Core.Storage;

namespace Platform.Core.Traces;

/// <summary>
/// Lists traces by a figure in bounded time. The index of the figure is walked first, which fills a page for what one of eighty traces matches. What is
/// rarer, or has other figures than most traces, is selected by its own index instead and sorted: all of it, or the newest <see cref="MostSorted"/>.
/// </summary>
/// <param name="figure">What is sorted by.</param>
/// <param name="order">The order by that figure.</param>
internal sealed class TraceRanking(TraceFigure figure, TraceOrder order)
{
    /// <summary>How many matching traces are sorted at most.</summary>
    public const int MostSorted = 20_000;

    /// <summary>How many traces are walked through at most.</summary>
    private const int Window = 4000;

    /// <summary>Reads traces in order by walking through all of them.</summary>
    /// <param name="all">The tenant's traces, as far as the figure's index can select them.</param>
    /// <param name="matching">Selects from them.</param>
    /// <param name="after">A place in the order; null for the beginning.</param>
    /// <param name="limit">Most traces.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    /// <returns>Null when too few were found on the way.</returns>
    public async Task<List<Trace>?> WalkAsync(
        IQueryable<Trace> all, Func<IQueryable<Trace>, IQueryable<Trace>> matching, TraceCursor? after, int limit, CancellationToken cancellationToken)
    {
        List<Trace> found = [];
        foreach (var isKnown in (bool[])(after is { Value: null } ? [false] : [true, false]))
        {
            var part = figure.Part(all, isKnown);
            var rest = after is not null && after.Value is not null == isKnown ? figure.After(part, after) : part;
            var window = figure.Sort(rest, order.IsAscending).Take(Window);
            found.AddRange(await figure.Sort(matching(window), order.IsAscending).Take(limit - found.Count).ToListAsync(cancellationToken));
            if (found.Count >= limit)
            {
                return found;
            }

            if (await window.CountAsync(cancellationToken) == Window)
            {
                return null;
            }
        }

        return found;
    }

    /// <summary>Sorts the newest of the traces that match, and reads a page of them.</summary>
    /// <param name="context">Runs the queries.</param>
    /// <param name="matching">All that match.</param>
    /// <param name="after">A place in the order; null for the beginning.</param>
    /// <param name="limit">Most traces.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    /// <returns>The traces, and whether others were not sorted because there are too many.</returns>
    public async Task<(List<Trace> Traces, bool AreMore)> SortAsync(
        PlatformDbContext context, IQueryable<Trace> matching, TraceCursor? after, int limit, CancellationToken cancellationToken)
    {
        var newest = matching.OrderByDescending(trace => trace.StartedAt).ThenByDescending(trace => trace.Id).Take(MostSorted + 1);
        var ranks = await figure.RanksAsync(newest, cancellationToken);
        var areMore = ranks.Count > MostSorted;
        if (areMore)
        {
            ranks.RemoveAt(MostSorted);
        }

        var place = after is null ? null : new TraceRank(after.Id, after.Value);
        var page = ranks.Where(rank => place is null || Compare(rank, place) > 0).Order(Comparer<TraceRank>.Create(Compare)).Take(limit).Select(rank => rank.Id).ToList();
        var traces = await context.Traces.Where(trace => page.Contains(trace.Id)).ToDictionaryAsync(trace => trace.Id, cancellationToken);
        return ([.. page.Where(traces.ContainsKey).Select(id => traces[id])], areMore);
    }

    // As the database compares; uuids are compared byte by byte, in the order of their digits.
    private int Compare(TraceRank one, TraceRank other)
    {
        if (one.Value is null != other.Value is null)
        {
            return one.Value is null ? 1 : -1;
        }

        var values = Nullable.Compare(one.Value, other.Value);
        var ascending = values != 0 ? values : one.Id.CompareTo(other.Id);
        return order.IsAscending ? ascending : -ascending;
    }
}
