namespace Platform.Contracts.Jobs;

/// <summary>Where a job stands.</summary>
public enum JobState
{
    /// <summary>A worker is at it.</summary>
    Processing,

    /// <summary>It waits for its time.</summary>
    Scheduled,

    /// <summary>It failed for good.</summary>
    Failed,

    /// <summary>It ended well.</summary>
    Succeeded,
}
