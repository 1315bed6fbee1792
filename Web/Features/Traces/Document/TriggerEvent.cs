namespace Platform.Web.Features.Traces.Document;

/// <summary>One event that asked the bot.</summary>
public sealed record TriggerEvent
{
    public string? Type { get; init; }

    public string? MessageId { get; init; }

    public string? AuthorId { get; init; }

    public string? AuthorName { get; init; }

    public string? ContentPreview { get; init; }
}
