namespace Platform.Web.Features.Traces.Document;

/// <summary>What a model's answer was made of.</summary>
public sealed record CallResponsePart
{
    public string? StopReason { get; init; }

    public int ContentBlocks { get; init; }

    /// <summary>UTF-16 units.</summary>
    public int TextLength { get; init; }

    public int ToolUseCount { get; init; }
}
