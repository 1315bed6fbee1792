namespace Platform.Contracts.Outbox;

/// <summary>An effect that could not be delivered.</summary>
/// <param name="Id">The effect's.</param>
/// <param name="Kind">Kind of delivery.</param>
/// <param name="Target">The target, by id.</param>
/// <param name="TargetName">Name of the target; null when it was deleted.</param>
/// <param name="EventType">The event that it carries.</param>
/// <param name="DedupeKey">By which the receiver recognises a repeat.</param>
/// <param name="ActivationId">The activation that caused it.</param>
/// <param name="Payload">What was sent.</param>
/// <param name="Tries">Attempts.</param>
/// <param name="LastError">Why the last attempt failed.</param>
/// <param name="CreatedAt">UTC of the effect.</param>
/// <param name="DiedAt">UTC when it was dead-lettered.</param>
public sealed record DeadLetterResponse(
    string Id,
    EffectKind Kind,
    string Target,
    string? TargetName,
    string? EventType,
    string DedupeKey,
    string? ActivationId,
    string Payload,
    int Tries,
    string LastError,
    DateTimeOffset CreatedAt,
    DateTimeOffset DiedAt);

/// <summary>Answer of <c>GET /api/v1/dead-letters</c>.</summary>
/// <param name="DeadLetters">Newest first.</param>
/// <param name="NextCursor">Give it as <c>cursor</c> for the next page; null on the last one.</param>
public sealed record DeadLetterList(IReadOnlyList<DeadLetterResponse> DeadLetters, string? NextCursor);
