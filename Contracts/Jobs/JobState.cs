namespace Platform.Contracts.Jobs;

/// <summary>State of a job.</summary>
public enum JobState
{
    /// <summary>A worker is running it.</summary>
    Processing,

    /// <summary>It is scheduled.</summary>
    Scheduled,

    /// <summary>It failed permanently.</summary>
    Failed,

    /// <summary>It succeeded.</summary>
    Succeeded,
}
