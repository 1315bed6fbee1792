using Platform.Contracts.Outbox;

namespace Platform.Contracts.Traces;

/// <summary>Something that an activation wanted done outside, as it stands now.</summary>
/// <param name="Id">UUID.</param>
/// <param name="Kind">What takes it.</param>
/// <param name="Target">Who gets it, by id.</param>
/// <param name="TargetName">Who gets it, for people and without secrets; null when it is gone.</param>
/// <param name="EventType">The event that it carries.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Tries">How often it was tried.</param>
/// <param name="LastError">Why the last try failed.</param>
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
