namespace Platform.Contracts.Schedules;

/// <summary>Where a run of a schedule stands.</summary>
public enum ScheduleRunState
{
    /// <summary>Claimed by the leader, not begun yet.</summary>
    Waiting,

    /// <summary>A worker is at it.</summary>
    Running,

    /// <summary>It ended as it should.</summary>
    Succeeded,

    /// <summary>It ended with an error, or its workers died too often.</summary>
    Failed,
}
