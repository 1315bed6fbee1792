namespace Platform.Core.Traces;

/// <summary>A part of a list that is sorted by time: first what may have happened, then what is dated in a future that nobody here sees.</summary>
/// <param name="IsLast">Whether this is the second part.</param>
internal sealed record TimePart(bool IsLast)
{
    /// <summary>UTC. Traces dated so or later come last.</summary>
    public static readonly DateTimeOffset FirstImpossible = new(2100, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly TimePart Usual = new(false);
    private static readonly TimePart Impossible = new(true);

    public static bool IsImpossible(DateTimeOffset startedAt) => startedAt >= FirstImpossible;

    /// <summary>The parts that follow a place in the list, itself included.</summary>
    /// <param name="after">When the last trace seen started; null at the beginning.</param>
    public static IReadOnlyList<TimePart> From(DateTimeOffset? after) =>
        after is { } startedAt && IsImpossible(startedAt) ? [Impossible] : [Usual, Impossible];

    /// <summary>The traces of this part.</summary>
    public IQueryable<Trace> Of(IQueryable<Trace> traces) => IsLast
        ? traces.Where(trace => trace.StartedAt >= FirstImpossible)
        : traces.Where(trace => trace.StartedAt < FirstImpossible);
}
