namespace Platform.Core.Traces;

/// <summary>A part of a list that goes from the newest to the oldest: first what may have happened, then what is dated in a future that nobody here sees.</summary>
/// <param name="IsLast">Whether this is the second part.</param>
internal sealed record TraceOrder(bool IsLast)
{
    /// <summary>UTC. Traces dated so or later come last. Those dated before 2000 are at the end already, being the oldest.</summary>
    public static readonly DateTimeOffset FirstImpossible = new(2100, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly TraceOrder Usual = new(false);
    private static readonly TraceOrder Impossible = new(true);

    public static bool IsImpossible(DateTimeOffset startedAt) => startedAt >= FirstImpossible;

    /// <summary>The parts that follow a place in the list, itself included.</summary>
    public static IReadOnlyList<TraceOrder> From(TraceCursor? after) =>
        after is not null && IsImpossible(after.StartedAt) ? [Impossible] : [Usual, Impossible];

    /// <summary>The traces of this part.</summary>
    public IQueryable<Trace> Of(IQueryable<Trace> traces) => IsLast
        ? traces.Where(trace => trace.StartedAt >= FirstImpossible)
        : traces.Where(trace => trace.StartedAt < FirstImpossible);
}
