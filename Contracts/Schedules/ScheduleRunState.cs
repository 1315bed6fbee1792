namespace Platform.Contracts.Schedules;

/// <summary>State of a run of a schedule.</summary>
public enum ScheduleRunState
{
    /// <summary>Claimed by the leader, not started yet.</summary>
    Waiting,

    /// <summary>A worker is running it.</summary>
    Running,

    /// <summary>It succeeded.</summary>
    Succeeded,

    /// <summary>It ended with an error, or its workers died too often.</summary>
    Failed,
}
