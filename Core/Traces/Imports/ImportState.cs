namespace Platform.Core.Traces.Imports;

/// <summary>Where an import stands.</summary>
public enum ImportState
{
    /// <summary>Reading.</summary>
    Running,

    /// <summary>Read to its end; single files may have failed.</summary>
    Completed,

    /// <summary>Stopped: nothing could be read, or the database went away.</summary>
    Failed,
}
