namespace Hangfire.States;

/// <summary>The job waits for its time.</summary>
public class ScheduledState : IState
{
    public static readonly string StateName = "Scheduled";

    public ScheduledState(TimeSpan enqueueIn)
        : this(StateClock.Now.Add(enqueueIn))
    {
    }

    /// <param name="enqueueAt">UTC.</param>
    public ScheduledState(DateTime enqueueAt) => EnqueueAt = enqueueAt;

    /// <summary>UTC.</summary>
    public DateTime EnqueueAt { get; }

    /// <summary>UTC.</summary>
    public DateTime ScheduledAt { get; } = StateClock.Now;

    public string Name => StateName;

    /// <inheritdoc/>
    public string? Reason { get; set; }

    public bool IsFinal => false;

    public bool IgnoreJobLoadException => false;

    public Dictionary<string, string> SerializeData() => new()
    {
        ["EnqueueAt"] = StateClock.Write(EnqueueAt),
        ["ScheduledAt"] = StateClock.Write(ScheduledAt),
    };
}
