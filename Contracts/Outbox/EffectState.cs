namespace Platform.Contracts.Outbox;

/// <summary>Where an effect of the outbox stands.</summary>
public enum EffectState
{
    /// <summary>Not tried yet.</summary>
    Waiting,

    /// <summary>Under way.</summary>
    Delivering,

    /// <summary>Failed before, waits for the next try.</summary>
    Retrying,
}
