namespace Platform.Contracts.Outbox;

/// <summary>Something that still has to leave the house.</summary>
/// <param name="Id">UUID.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Kind">What takes it.</param>
/// <param name="Target">Who gets it, by id.</param>
/// <param name="TargetName">Who gets it, for people; null when it is gone.</param>
/// <param name="EventType">The event that it carries.</param>
/// <param name="DedupeKey">By which the receiver knows a repeat.</param>
/// <param name="ActivationId">The activation that wanted it.</param>
/// <param name="Attempt">How many tries failed.</param>
/// <param name="NotBefore">UTC of the next try.</param>
/// <param name="LastError">Why the last try failed.</param>
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
