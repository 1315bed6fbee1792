namespace Platform.Contracts.Traces;

/// <summary>What a line of a comparison is.</summary>
public enum DiffLineKind
{
    /// <summary>In both.</summary>
    Kept,

    /// <summary>Only in the first.</summary>
    Removed,

    /// <summary>Only in the second.</summary>
    Added,

    /// <summary>Stands for lines that are in both and are not shown.</summary>
    Skipped,
}
