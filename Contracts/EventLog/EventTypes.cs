namespace Platform.Contracts.EventLog;

/// <summary>What can happen on the platform, each as <c>noun.verb</c>. Event streams and webhooks subscribe by these names.</summary>
public static class EventTypes
{
    /// <summary>A message was stored in a channel.</summary>
    public const string MessageCreated = "message.created";

    /// <summary>A bot answered.</summary>
    public const string ActivationAnswered = "activation.answered";

    /// <summary>A bot decided not to answer.</summary>
    public const string ActivationSilent = "activation.silent";

    /// <summary>An activation failed.</summary>
    public const string ActivationFailed = "activation.failed";

    /// <summary>A person cancelled an answer.</summary>
    public const string ActivationCancelled = "activation.cancelled";

    /// <summary>An activation was deferred after a transient model failure.</summary>
    public const string ActivationDeferred = "activation.deferred";

    /// <summary>An activation was parked: its worker was lost too often.</summary>
    public const string ActivationParked = "activation.parked";

    /// <summary>A parked activation was requeued by an operator.</summary>
    public const string ActivationResumed = "activation.resumed";

    /// <summary>An effect was delivered.</summary>
    public const string EffectDelivered = "effect.delivered";

    /// <summary>An effect became a dead letter.</summary>
    public const string EffectDead = "effect.dead";

    /// <summary>An address sent too many wrong keys; its keys are refused for a while.</summary>
    public const string AccessBlocked = "access.blocked";

    /// <summary>A test of one webhook. It is sent to that webhook only and is on no stream.</summary>
    public const string WebhookPing = "webhook.ping";

    /// <summary>All types except those of effects, which must be named.</summary>
    public const string Everything = "*";

    /// <summary>Every type that an event of the platform can have.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        MessageCreated,
        ActivationAnswered,
        ActivationSilent,
        ActivationFailed,
        ActivationCancelled,
        ActivationDeferred,
        ActivationParked,
        ActivationResumed,
        EffectDelivered,
        EffectDead,
        AccessBlocked,
    ];

    /// <summary>Accepted patterns: each type, <c>noun.*</c> for those of a noun, and <see cref="Everything"/>.</summary>
    public static IReadOnlyList<string> Patterns { get; } =
        [Everything, .. All.Select(type => NounOf(type) + ".*").Distinct(), .. All];

    /// <summary>Whether a pattern matches a type.</summary>
    public static bool Matches(string pattern, string type) =>
        pattern == type
        || pattern == NounOf(type) + ".*"
        || (pattern == Everything && NounOf(type) != "effect");

    private static string NounOf(string type) => type[..type.IndexOf('.', StringComparison.Ordinal)];
}
