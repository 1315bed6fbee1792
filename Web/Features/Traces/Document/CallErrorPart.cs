namespace Platform.Web.Features.Traces.Document;

/// <summary>How a model request failed.</summary>
public sealed record CallErrorPart
{
    public string? Message { get; init; }

    public string? Code { get; init; }

    /// <summary>Tries after the first one.</summary>
    public int? RetryCount { get; init; }
}
