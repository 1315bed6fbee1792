namespace Platform.Contracts.Attention;

/// <summary>Answer of <c>GET /api/v1/attention</c>: what somebody should look at now.</summary>
/// <param name="Items">The most urgent first, problems before information; empty when all is well.</param>
public sealed record AttentionList(IReadOnlyList<AttentionItem> Items);

/// <summary>One thing that is not as it should be, or that somebody switched off.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Level">Whether it is a problem.</param>
/// <param name="Count">How many there are; 1 for what is counted once. Large numbers are counted up to 1000.</param>
/// <param name="Message">One sentence for people.</param>
public sealed record AttentionItem(AttentionKind Kind, AttentionLevel Level, long Count, string Message);

/// <summary>How much attention something needs.</summary>
public enum AttentionLevel
{
    /// <summary>Somebody should act; it is counted at <i>Operations</i>.</summary>
    Problem,

    /// <summary>Somebody wanted it so, or it is too early to tell; it is shown and not counted.</summary>
    Information,
}

/// <summary>What may need attention, the most urgent first.</summary>
public enum AttentionKind
{
    /// <summary>Postgres does not answer; nothing else can be checked then.</summary>
    Postgres,

    /// <summary>No worker is running: nobody answers.</summary>
    Worker,

    /// <summary>Redis does not answer: live tokens arrive in larger pieces.</summary>
    Redis,

    /// <summary>No model is connected, or no provider serves the model of a bot.</summary>
    Models,

    /// <summary>The daily token limit is reached, or at least 80 % of it are used.</summary>
    TokenCeiling,

    /// <summary>Activations that are parked and need a decision.</summary>
    ParkedActivations,

    /// <summary>Webhooks that have failed for more than a minute, or that the platform disabled.</summary>
    Webhooks,

    /// <summary>Deliveries that failed permanently.</summary>
    DeadLetters,

    /// <summary>Deliveries that have been pending for long though their receiver is neither failing nor paused.</summary>
    WaitingDeliveries,

    /// <summary>Scheduled jobs whose last run failed or found something.</summary>
    Jobs,

    /// <summary>Jobs of the queue that failed in the last 24 hours.</summary>
    JobQueue,

    /// <summary>No backup, an old one, or one that could not be restored. Information while backups are off or the first is not due yet.</summary>
    Backups,

    /// <summary>Bot files whose newest version is not active.</summary>
    BotFiles,

    /// <summary>Settings of providers that are wrong.</summary>
    ProviderSettings,

    /// <summary>Webhooks that somebody paused. Information.</summary>
    PausedWebhooks,

    /// <summary>Bots that are disabled in their file. Information.</summary>
    DisabledBots,
}
