namespace Platform.Core.Traces.Imports;

/// <summary>Where an import reads from.</summary>
public enum ImportKind
{
    /// <summary>A folder, once.</summary>
    Folder,

    /// <summary>A zip file on the server.</summary>
    Zip,

    /// <summary>An uploaded zip.</summary>
    Upload,

    /// <summary>A folder that is followed while the worker runs.</summary>
    Watch,
}
