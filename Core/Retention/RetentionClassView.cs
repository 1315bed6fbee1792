namespace Platform.Core.Retention;

/// <summary>A class with its size and what retention last did for it.</summary>
/// <param name="Class">The class.</param>
/// <param name="SizeBytes">Of its tables on disk, indexes included.</param>
/// <param name="LastRun">The newest run; null before the first.</param>
/// <param name="RowsDropped">By the runs that are still recorded.</param>
/// <param name="BytesDropped">By the runs that are still recorded.</param>
public sealed record RetentionClassView(
    IRetentionClass Class, long SizeBytes, RetentionRun? LastRun, long RowsDropped, long BytesDropped);
