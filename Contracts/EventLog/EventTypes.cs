namespace Platform.Contracts.EventLog;

/// <summary>What can happen on the platform, each as <c>noun.verb</c>. Event streams and webhooks name what they want to hear of by these.</summary>
public static class EventTypes
{
    /// <summary>A message was stored in a channel.</summary>
    public const string MessageCreated = "message.created";

    /// <summary>A bot answered.</summary>
    public const string ActivationAnswered = "activation.answered";

    /// <summary>A bot decided not to answer.</summary>
    public const string ActivationSilent = "activation.silent";

    /// <summary>No answer could be had.</summary>
    public const string ActivationFailed = "activation.failed";

    /// <summary>A person stopped an answer.</summary>
    public const string ActivationCancelled = "activation.cancelled";

    /// <summary>An answer was put off until later.</summary>
    public const string ActivationDeferred = "activation.deferred";

    /// <summary>An activation whose workers keep dying was set aside.</summary>
    public const string ActivationParked = "activation.parked";

    /// <summary>An activation that was set aside waits for a worker again, since a person wants so.</summary>
    public const string ActivationResumed = "activation.resumed";

    /// <summary>A receiver took an effect.</summary>
    public const string EffectDelivered = "effect.delivered";

    /// <summary>An effect could not be delivered and is a dead letter now.</summary>
    public const string EffectDead = "effect.dead";

    /// <summary>A test of one webhook. It is sent to that webhook only and is on no stream.</summary>
    public const string WebhookPing = "webhook.ping";

    /// <summary>Stands for every type but those of effects, which have to be named.</summary>
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
    ];

    /// <summary>What may stand for types: each of them, <c>noun.*</c> for those of a noun, and <see cref="Everything"/>.</summary>
    public static IReadOnlyList<string> Patterns { get; } =
        [Everything, .. All.Select(type => NounOf(type) + ".*").Distinct(), .. All];

    /// <summary>Whether a pattern stands for a type.</summary>
    public static bool Matches(string pattern, string type) =>
        pattern == type
        || pattern == NounOf(type) + ".*"
        || (pattern == Everything && NounOf(type) != "effect");

    private static string NounOf(string type) => type[..type.IndexOf('.', StringComparison.Ordinal)];
}
