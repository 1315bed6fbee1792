using Platform.Contracts.Outbox;

namespace Platform.Contracts.Traces;

/// <summary>An effect of an activation in its present state.</summary>
/// <param name="Id">UUID.</param>
/// <param name="Kind">Kind of delivery.</param>
/// <param name="Target">The target, by id.</param>
/// <param name="TargetName">Name of the target, without secrets; null when it was deleted.</param>
/// <param name="EventType">The event that it carries.</param>
/// <param name="State">Its state.</param>
/// <param name="Tries">Attempts.</param>
/// <param name="LastError">Why the last attempt failed.</param>
/// <param name="CreatedAt">UTC; null once it was delivered.</param>
/// <param name="DeliveredAt">UTC; null unless it was.</param>
public sealed record TraceEffect(
    string Id,
    EffectKind Kind,
    string Target,
    string? TargetName,
    string? EventType,
    TraceEffectState State,
    int Tries,
    string? LastError,
    DateTimeOffset? CreatedAt,
    DateTimeOffset? DeliveredAt);
