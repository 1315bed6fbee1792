namespace Platform.Web.Features.Traces.Document;

/// <summary>What the activation changed in the bot's state for its next one.</summary>
public sealed record StateUpdates
{
    public bool CacheMarkerUpdated { get; init; }

    public string? NewCacheMarker { get; init; }

    public bool MessageCountReset { get; init; }

    public int? NewMessageCount { get; init; }
}
