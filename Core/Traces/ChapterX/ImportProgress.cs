namespace Platform.Core.Traces.ChapterX;

/// <summary>How far an import is.</summary>
/// <param name="Found">Trace files seen.</param>
/// <param name="Imported">New ones stored.</param>
/// <param name="Present">Already there.</param>
/// <param name="Failed">Not readable.</param>
/// <param name="Elapsed">Since it began.</param>
public sealed record ImportProgress(int Found, int Imported, int Present, int Failed, TimeSpan Elapsed)
{
    /// <summary>Trace files a second, over the whole time.</summary>
    public double TracesPerSecond => Elapsed > TimeSpan.Zero ? (Imported + Present + Failed) / Elapsed.TotalSeconds : 0;
}
