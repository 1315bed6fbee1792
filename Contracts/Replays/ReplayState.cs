namespace Platform.Contracts.Replays;

/// <summary>State of a replay.</summary>
public enum ReplayState
{
    /// <summary>Queued.</summary>
    Waiting,

    /// <summary>A worker is running it.</summary>
    Running,

    /// <summary>It succeeded.</summary>
    Done,

    /// <summary>It failed; it is not retried automatically.</summary>
    Failed,
}
