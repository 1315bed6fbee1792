namespace Platform.Contracts.Activations;

/// <summary>State of an activation. From <see cref="Answered"/> on they are final.</summary>
public enum ActivationState
{
    /// <summary>Waits for a worker, or for its <c>not_before</c>.</summary>
    Queued,

    /// <summary>A worker holds its lease.</summary>
    Running,

    /// <summary>Its worker was lost too often; an operator retries it or marks it as failed.</summary>
    Parked,

    /// <summary>The bot answered; the message is stored.</summary>
    Answered,

    /// <summary>The bot decided not to answer; the reason is stored.</summary>
    Silent,

    /// <summary>The activation failed; the error is stored.</summary>
    Failed,

    /// <summary>A person cancelled it; the partial text is stored.</summary>
    Cancelled,
}
