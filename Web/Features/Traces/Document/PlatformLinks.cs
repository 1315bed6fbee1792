namespace Platform.Web.Features.Traces.Document;

/// <summary>What else on the platform belongs to the run. Each is null when there is none.</summary>
public sealed record PlatformLinks
{
    public string? TriggerMessageId { get; init; }

    public string? AnswerMessageId { get; init; }

    /// <summary>The platform's event that told of the end.</summary>
    public string? EventId { get; init; }

    public string? JobId { get; init; }

    public string? DiscordMessageUrl { get; init; }

    public string? OtelTraceId { get; init; }

    public string? CorrelationId { get; init; }
}
