namespace Platform.Contracts.Retention;

/// <summary>A kind of data that is kept for a time of its own.</summary>
/// <param name="Name">Kebab case.</param>
/// <param name="Description">What belongs to it.</param>
/// <param name="KeepDays">Days that it is kept; null for good.</param>
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
