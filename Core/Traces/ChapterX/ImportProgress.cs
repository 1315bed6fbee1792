namespace Platform.Core.Traces.ChapterX;

/// <summary>How far an import is.</summary>
/// <param name="Total">Trace files there are; null when that is not known.</param>
/// <param name="Found">Trace files read.</param>
/// <param name="Imported">New ones stored.</param>
/// <param name="Present">Already there.</param>
/// <param name="Failed">Not readable.</param>
/// <param name="Elapsed">Since it began.</param>
public sealed record ImportProgress(int? Total, int Found, int Imported, int Present, int Failed, TimeSpan Elapsed)
{
    /// <summary>Trace files a second, over the whole time.</summary>
    public double TracesPerSecond => Elapsed > TimeSpan.Zero ? (Imported + Present + Failed) / Elapsed.TotalSeconds : 0;

    /// <summary>Until the end at this rate; null when that is not known.</summary>
    public TimeSpan? Left => Total is { } total && TracesPerSecond > 0
        ? TimeSpan.FromSeconds(Math.Max(0, total - Imported - Present - Failed) / TracesPerSecond)
        : null;
}
