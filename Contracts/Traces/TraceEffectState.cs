namespace Platform.Contracts.Traces;

/// <summary>State of an effect of an activation.</summary>
public enum TraceEffectState
{
    /// <summary>Not attempted yet.</summary>
    Waiting,

    /// <summary>Being delivered.</summary>
    Delivering,

    /// <summary>Failed, waits for the next attempt.</summary>
    Retrying,

    /// <summary>Delivered.</summary>
    Delivered,

    /// <summary>Dead-lettered.</summary>
    Dead,
}
