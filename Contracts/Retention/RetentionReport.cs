namespace Platform.Contracts.Retention;

/// <summary>What is kept for how long, how large it is, and what was dropped.</summary>
/// <param name="DatabaseSizeBytes">On disk.</param>
/// <param name="MaxSizeBytes">What it may have; null without a limit.</param>
/// <param name="Classes">In the order in which retention goes through them.</param>
public sealed record RetentionReport(long DatabaseSizeBytes, long? MaxSizeBytes, IReadOnlyList<RetentionClassResponse> Classes);
