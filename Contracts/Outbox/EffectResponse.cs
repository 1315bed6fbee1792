namespace Platform.Contracts.Outbox;

/// <summary>A pending effect.</summary>
/// <param name="Id">UUID.</param>
/// <param name="State">Its state.</param>
/// <param name="Kind">Kind of delivery.</param>
/// <param name="Target">The target, by id.</param>
/// <param name="TargetName">Name of the target; null when it was deleted.</param>
/// <param name="EventType">The event that it carries.</param>
/// <param name="DedupeKey">By which the receiver recognises a repeat.</param>
/// <param name="ActivationId">The activation that caused it.</param>
/// <param name="Attempt">How many attempts failed.</param>
/// <param name="NotBefore">UTC of the next attempt.</param>
/// <param name="LastError">Why the last attempt failed.</param>
/// <param name="CreatedAt">UTC.</param>
public sealed record EffectResponse(
    string Id,
    EffectState State,
    EffectKind Kind,
    string Target,
    string? TargetName,
    string? EventType,
    string DedupeKey,
    string? ActivationId,
    int Attempt,
    DateTimeOffset NotBefore,
    string? LastError,
    DateTimeOffset CreatedAt);
