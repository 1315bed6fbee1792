namespace Platform.Contracts.Outbox;

/// <summary>Answer of <c>GET /api/v1/outbox</c>.</summary>
/// <param name="Waiting">Effects without an attempt.</param>
/// <param name="Delivering">Effects being delivered.</param>
/// <param name="Retrying">Effects that failed before.</param>
/// <param name="DeadLetters">Effects that became dead letters.</param>
/// <param name="OldestAgeSeconds">Age of the oldest effect here; null when there is none.</param>
/// <param name="Effects">Oldest first.</param>
/// <param name="NextCursor">Give it as <c>cursor</c> for the next page; null on the last one.</param>
public sealed record OutboxResponse(
    long Waiting, long Delivering, long Retrying, long DeadLetters, double? OldestAgeSeconds, IReadOnlyList<EffectResponse> Effects, string? NextCursor);
