namespace Platform.Core.Storage;

/// <summary>
/// The partition of what is kept until told otherwise: imported documents and bodies lie under one early day, so that day
/// partitions hold only what may be dropped as a whole.
/// </summary>
public static class KeptPartition
{
    /// <summary>The day, long before any day of arrival.</summary>
    public static readonly DateOnly Day = new(2000, 1, 1);
}
