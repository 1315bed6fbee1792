namespace Platform.Core.Schedules;

/// <summary>How often a schedule runs: every so often, or daily at a time of day in UTC.</summary>
public sealed record Cadence
{
    private Cadence(TimeSpan? period, TimeOnly? dailyAt)
    {
        Period = period;
        DailyAt = dailyAt;
    }

    /// <summary>Time from one run to the next; null when daily.</summary>
    public TimeSpan? Period { get; }

    /// <summary>UTC; null when by period.</summary>
    public TimeOnly? DailyAt { get; }

    /// <summary>Runs once per <paramref name="period"/>, a second at least.</summary>
    public static Cadence Every(TimeSpan period)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(period, TimeSpan.FromSeconds(1));
        return new Cadence(period, null);
    }

    /// <summary>Runs once a day.</summary>
    /// <param name="hour">0 to 23, UTC.</param>
    /// <param name="minute">0 to 59.</param>
    public static Cadence Daily(int hour, int minute) => new(null, new TimeOnly(hour, minute));
}
