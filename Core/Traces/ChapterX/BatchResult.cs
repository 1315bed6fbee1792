namespace Platform.Core.Traces.ChapterX;

/// <summary>Result of a batch of traces.</summary>
internal sealed record BatchResult(
    int Imported,
    int Present,
    int BodiesImported,
    int BodiesMissing,
    IReadOnlyList<FileProblem> Failures,
    IReadOnlyList<FileProblem> Losses)
{
    public static BatchResult operator +(BatchResult one, BatchResult other) => new(
        one.Imported + other.Imported,
        one.Present + other.Present,
        one.BodiesImported + other.BodiesImported,
        one.BodiesMissing + other.BodiesMissing,
        [.. one.Failures, .. other.Failures],
        [.. one.Losses, .. other.Losses]);
}
