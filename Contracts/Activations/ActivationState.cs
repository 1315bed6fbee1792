namespace Platform.Contracts.Activations;

/// <summary>Where an activation stands. From <see cref="Answered"/> on they are final.</summary>
public enum ActivationState
{
    /// <summary>Waits for a worker, or for its <c>not_before</c>.</summary>
    Queued,

    /// <summary>A worker holds its lease.</summary>
    Running,

    /// <summary>Its workers kept dying; it waits for a person to run it again or to give it up.</summary>
    Parked,

    /// <summary>The bot answered; the message is stored.</summary>
    Answered,

    /// <summary>The bot decided not to answer; the reason is kept.</summary>
    Silent,

    /// <summary>No answer could be had; the error is kept.</summary>
    Failed,

    /// <summary>A person stopped it; the partial text is kept.</summary>
    Cancelled,
}
