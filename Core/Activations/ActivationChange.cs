namespace Platform.Core.Activations;

/// <summary>What came of a person's wish about an activation.</summary>
public enum ActivationChange
{
    /// <summary>There is no such activation, or it is not theirs.</summary>
    Missing,

    /// <summary>Its state does not allow it.</summary>
    Conflict,

    /// <summary>It is done.</summary>
    Done,

    /// <summary>Its worker was told and does it within a second or so.</summary>
    Asked,
}
