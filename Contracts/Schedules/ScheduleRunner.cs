namespace Platform.Contracts.Schedules;

/// <summary>Who executes the runs of a schedule.</summary>
public enum ScheduleRunner
{
    /// <summary>The leader itself: for runs of a minute or less.</summary>
    Leader,

    /// <summary>A job of the queue <c>maintenance</c>, on whichever worker is free.</summary>
    Job,
}
