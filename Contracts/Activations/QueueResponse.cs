namespace Platform.Contracts.Activations;

/// <summary>The queue of activations.</summary>
/// <param name="Running">Held by a worker.</param>
/// <param name="Waiting">Waiting for a worker.</param>
/// <param name="Deferred">Deferred after a transient failure.</param>
/// <param name="Parked">Waiting for an operator.</param>
/// <param name="OldestWaitingMs">How long the oldest waiting one has waited, in milliseconds; null when none waits.</param>
/// <param name="Bots">The same counts by bot, the busiest first.</param>
/// <param name="Items">Newest first.</param>
/// <param name="NextCursor">Opens the next page; null on the last.</param>
public sealed record QueueResponse(
    long Running,
    long Waiting,
    long Deferred,
    long Parked,
    long? OldestWaitingMs,
    IReadOnlyList<QueueBot> Bots,
    IReadOnlyList<QueueItem> Items,
    string? NextCursor);
