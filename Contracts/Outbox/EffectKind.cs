namespace Platform.Contracts.Outbox;

/// <summary>Kind of delivery.</summary>
public enum EffectKind
{
    /// <summary>A subscribed URL.</summary>
    Webhook,

    /// <summary>Streamer.bot.</summary>
    Streamerbot,

    /// <summary>A Discord channel.</summary>
    Discord,

    /// <summary>A post in a feed.</summary>
    Feed,
}
