namespace Platform.Contracts.Schedules;

/// <summary>Why a schedule ran.</summary>
public enum ScheduleRunCause
{
    /// <summary>It was due.</summary>
    Due,

    /// <summary>It was overdue by more than a minute because no worker was running.</summary>
    Missed,

    /// <summary>Requested by a person.</summary>
    Asked,
}
