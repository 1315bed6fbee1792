namespace Platform.Web.Features.Traces.Document;

/// <summary>What went wrong.</summary>
public sealed record OutcomeError
{
    public string? Message { get; init; }

    public string? Phase { get; init; }

    public string? Stack { get; init; }
}
