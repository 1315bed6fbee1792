using System.ComponentModel.DataAnnotations;

namespace Platform.Core.Schedules;

/// <summary>How workers agree on who decides what runs. Section <c>Scheduler</c>.</summary>
public sealed class SchedulerOptions
{
    /// <summary>Configuration section.</summary>
    public const string Section = "Scheduler";

    private static readonly TimeSpan LongestRetry = TimeSpan.FromSeconds(0.5);

    /// <summary>
    /// The longest pause of schedules when the leader dies (<c>SCHEDULER_LOCK_RETRY_SECONDS</c>); 5 seconds, 1 to 60.
    /// Lease, heartbeat and the others' attempts follow from it.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:01:00")]
    public TimeSpan TakeoverBound { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long the leader lease is valid without a heartbeat: four fifths of the bound.</summary>
    public TimeSpan Lease => TakeoverBound * 0.8;

    /// <summary>How often the leader renews: a quarter of the lease.</summary>
    public TimeSpan Beat => Lease / 4;

    /// <summary>
    /// How often the others try, and how often the leader looks for due runs, while notifications and due times do not tell them when:
    /// a tenth of the bound, at most half a second.
    /// </summary>
    public TimeSpan Retry => TakeoverBound * 0.1 < LongestRetry ? TakeoverBound * 0.1 : LongestRetry;
}
