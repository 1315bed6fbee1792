namespace Platform.Web.Features.Traces.Document;

/// <summary>An earlier tool call that was put into the context again.</summary>
public sealed record ToolCacheDetail
{
    public string? ToolName { get; init; }

    public string? TriggeringMessageId { get; init; }

    public int TokenEstimate { get; init; }
}
