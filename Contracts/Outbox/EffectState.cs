namespace Platform.Contracts.Outbox;

/// <summary>State of an effect in the outbox.</summary>
public enum EffectState
{
    /// <summary>Not attempted yet.</summary>
    Waiting,

    /// <summary>Being delivered.</summary>
    Delivering,

    /// <summary>Failed, waits for the next attempt.</summary>
    Retrying,
}
