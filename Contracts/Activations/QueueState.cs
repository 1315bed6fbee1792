namespace Platform.Contracts.Activations;

/// <summary>State of an unfinished activation.</summary>
public enum QueueState
{
    /// <summary>A worker holds its lease.</summary>
    Running,

    /// <summary>Waits for a worker.</summary>
    Waiting,

    /// <summary>Deferred until its next attempt after a transient failure.</summary>
    Deferred,

    /// <summary>Its worker was lost too often; an operator decides.</summary>
    Parked,
}
