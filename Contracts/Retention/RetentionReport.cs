namespace Platform.Contracts.Retention;

/// <summary>Retention periods, sizes and deletions.</summary>
/// <param name="DatabaseSizeBytes">On disk.</param>
/// <param name="MaxSizeBytes">Maximum size; null without a limit.</param>
/// <param name="Classes">In the order in which retention goes through them.</param>
public sealed record RetentionReport(long DatabaseSizeBytes, long? MaxSizeBytes, IReadOnlyList<RetentionClassResponse> Classes);

/// <summary>A class of data with its own retention period.</summary>
/// <param name="Name">Kebab case.</param>
/// <param name="Description">What belongs to it.</param>
/// <param name="KeepDays">Days that it is kept; null: forever.</param>
/// <param name="SizeBytes">Of its tables on disk.</param>
/// <param name="LastRunAt">UTC; when retention last went through it; null before the first time.</param>
/// <param name="LastError">Why that failed; null when it did not.</param>
/// <param name="RowsDropped">By the runs that are still recorded.</param>
/// <param name="BytesDropped">By the runs that are still recorded; deleted rows count as 0.</param>
public sealed record RetentionClassResponse(
    string Name,
    string Description,
    double? KeepDays,
    long SizeBytes,
    DateTimeOffset? LastRunAt,
    string? LastError,
    long RowsDropped,
    long BytesDropped);
