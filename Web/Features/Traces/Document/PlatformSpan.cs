namespace Platform.Web.Features.Traces.Document;

/// <summary>A part of the run, as our own worker measured it.</summary>
public sealed record PlatformSpan
{
    public string? Name { get; init; }

    /// <summary>Milliseconds since the activation began.</summary>
    public long OffsetMs { get; init; }

    public long DurationMs { get; init; }
}
