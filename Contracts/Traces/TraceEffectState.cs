namespace Platform.Contracts.Traces;

/// <summary>Where something that an activation wanted done outside stands.</summary>
public enum TraceEffectState
{
    /// <summary>Not tried yet.</summary>
    Waiting,

    /// <summary>Under way.</summary>
    Delivering,

    /// <summary>Failed before, waits for the next try.</summary>
    Retrying,

    /// <summary>The receiver has it.</summary>
    Delivered,

    /// <summary>Given up.</summary>
    Dead,
}
