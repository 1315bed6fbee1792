namespace Platform.Contracts.Attention;

/// <summary>Answer of <c>GET /api/v1/attention</c>: what somebody should look at now.</summary>
/// <param name="Items">The most urgent first; empty when all is well.</param>
public sealed record AttentionList(IReadOnlyList<AttentionItem> Items);

/// <summary>One thing that is not as it should be.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Count">How many there are; 1 for what is counted once. Large numbers are counted up to 1000.</param>
/// <param name="Message">One sentence for people.</param>
public sealed record AttentionItem(AttentionKind Kind, long Count, string Message);

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

    /// <summary>The daily token ceiling is reached, or at least 80 % of it are used.</summary>
    TokenCeiling,

    /// <summary>Activations that are parked and need a decision.</summary>
    ParkedActivations,

    /// <summary>Webhooks whose last delivery failed, that are paused, or that the platform disabled.</summary>
    Webhooks,

    /// <summary>Deliveries that failed permanently.</summary>
    DeadLetters,

    /// <summary>Deliveries that have waited for long.</summary>
    WaitingDeliveries,

    /// <summary>Scheduled jobs whose last run failed or found something.</summary>
    Jobs,

    /// <summary>No backup, an old one, or one that could not be restored.</summary>
    Backups,

    /// <summary>Bot files whose newest version is not in force.</summary>
    BotFiles,

    /// <summary>Settings of providers that are wrong.</summary>
    ProviderSettings,

    /// <summary>Bots that are disabled in their file.</summary>
    DisabledBots,
}
