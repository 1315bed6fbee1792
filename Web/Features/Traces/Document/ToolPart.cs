using System.Text.Json;

namespace Platform.Web.Features.Traces.Document;

/// <summary>One run of a tool.</summary>
public sealed record ToolPart
{
    public string? LlmCallId { get; init; }

    public string? ToolCallId { get; init; }

    public string? ToolName { get; init; }

    public JsonElement? Input { get; init; }

    public string? Output { get; init; }

    public bool OutputTruncated { get; init; }

    /// <summary>UTF-16 units before the cut.</summary>
    public int? FullOutputLength { get; init; }

    public bool SentToDiscord { get; init; }

    public int? ImageCount { get; init; }

    public int? DurationMs { get; init; }

    public JsonElement? Error { get; init; }
}
