namespace Platform.Web.Features.Traces.Document;

/// <summary>An image of the context.</summary>
public sealed record ImageDetail
{
    public string? DiscordMessageId { get; init; }

    public string? Url { get; init; }

    public int TokenEstimate { get; init; }
}
