namespace Platform.Contracts.Activations;

/// <summary>Where an activation stands that has not ended.</summary>
public enum QueueState
{
    /// <summary>A worker holds its lease.</summary>
    Running,

    /// <summary>Waits for a worker.</summary>
    Waiting,

    /// <summary>Put off until its time comes, after a failure that may pass by itself.</summary>
    Deferred,

    /// <summary>Its workers kept dying; a person decides.</summary>
    Parked,
}
