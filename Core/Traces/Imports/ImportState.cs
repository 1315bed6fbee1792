namespace Platform.Core.Traces.Imports;

/// <summary>State of an import.</summary>
public enum ImportState
{
    /// <summary>Reading.</summary>
    Running,

    /// <summary>Read to its end; single files may have failed.</summary>
    Completed,

    /// <summary>Stopped: nothing could be read, or the database became unavailable.</summary>
    Failed,
}
