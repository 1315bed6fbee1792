namespace Platform.Contracts.Outbox;

/// <summary>Answer of <c>GET /api/v1/dead-letters</c>.</summary>
/// <param name="DeadLetters">Newest first.</param>
/// <param name="NextCursor">Give it as <c>cursor</c> for the next page; null on the last one.</param>
public sealed record DeadLetterList(IReadOnlyList<DeadLetterResponse> DeadLetters, string? NextCursor);
