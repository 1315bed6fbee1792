namespace Platform.Web.Features.Traces.Document;

/// <summary>The settings of a model request.</summary>
public sealed record CallRequestPart
{
    public int MessageCount { get; init; }

    /// <summary>UTF-16 units.</summary>
    public int SystemPromptLength { get; init; }

    public int ToolCount { get; init; }

    public IReadOnlyList<string> StopSequences { get; init; } = [];

    public double? Temperature { get; init; }

    public int? MaxTokens { get; init; }

    public string? ApiBaseUrl { get; init; }
}
