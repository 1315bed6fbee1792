namespace Platform.Core.Retention;

/// <summary>What keeping the database under its size came to.</summary>
/// <param name="SizeBytes">Of the database, at the end.</param>
/// <param name="MaxSizeBytes">What it may have.</param>
/// <param name="BodyDays">Days of bodies that were dropped.</param>
/// <param name="TraceDays">Days of traces that were dropped.</param>
public sealed record SizeCapResult(long SizeBytes, long MaxSizeBytes, int BodyDays, int TraceDays)
{
    /// <summary>True when nothing more may be dropped and the database is still too large.</summary>
    public bool IsExceeded => SizeBytes > MaxSizeBytes;
}
