using Platform.Contracts.Outbox;

namespace Platform.Core.Outbox;

/// <summary>An effect in the hands of a relay, until its lease is lost or its delivery ended.</summary>
/// <param name="Id">The effect.</param>
/// <param name="TenantId">Whose it is.</param>
/// <param name="Kind">Kind of delivery.</param>
/// <param name="Target">Who gets it.</param>
/// <param name="DedupeKey">By which the receiver recognises a repeat.</param>
/// <param name="EventType">The type of the event that it carries.</param>
/// <param name="Payload">What is sent.</param>
/// <param name="ActivationId">The activation that caused it.</param>
/// <param name="ActivationFence">The activation's claim that wanted it.</param>
/// <param name="Attempt">How many attempts failed before.</param>
/// <param name="Fence">This claim's number; only the newest may store the result.</param>
/// <param name="CreatedAt">UTC.</param>
/// <param name="IsProbe">Whether its receiver was paused and this delivery tells whether it works again.</param>
/// <param name="TraceParent">W3C trace context of the request that the activation answers; null when there is none.</param>
public sealed record EffectClaim(
    Guid Id,
    string TenantId,
    EffectKind Kind,
    string Target,
    string DedupeKey,
    string? EventType,
    string Payload,
    Guid? ActivationId,
    long? ActivationFence,
    int Attempt,
    long Fence,
    DateTimeOffset CreatedAt,
    bool IsProbe = false,
    string? TraceParent = null);
