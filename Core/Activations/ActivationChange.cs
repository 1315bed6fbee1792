namespace Platform.Core.Activations;

/// <summary>The result of a person's request about an activation.</summary>
public enum ActivationChange
{
    /// <summary>There is no such activation, or it belongs to another tenant.</summary>
    Missing,

    /// <summary>Its state does not allow it.</summary>
    Conflict,

    /// <summary>Done.</summary>
    Done,

    /// <summary>Its worker is notified and does it within about a second.</summary>
    Asked,
}
