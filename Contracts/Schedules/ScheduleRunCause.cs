namespace Platform.Contracts.Schedules;

/// <summary>Why a schedule ran.</summary>
public enum ScheduleRunCause
{
    /// <summary>It was its time.</summary>
    Due,

    /// <summary>Its time had passed by more than a minute before anybody was there to run it.</summary>
    Missed,

    /// <summary>A person asked for it.</summary>
    Asked,
}
