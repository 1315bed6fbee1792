namespace Platform.Contracts.Replays;

/// <summary>Where a replay stands.</summary>
public enum ReplayState
{
    /// <summary>No worker has taken it yet.</summary>
    Waiting,

    /// <summary>A worker is at it.</summary>
    Running,

    /// <summary>It was answered.</summary>
    Done,

    /// <summary>It was not; it is not tried again by itself.</summary>
    Failed,
}
