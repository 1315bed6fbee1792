namespace Platform.Core.Outbox;

/// <summary>What the outbox holds.</summary>
/// <param name="Waiting">Never tried yet.</param>
/// <param name="Delivering">Under way.</param>
/// <param name="Retrying">Tried before, waiting for the next try.</param>
/// <param name="Dead">Dead letters.</param>
/// <param name="OldestAge">Of the oldest effect that is not delivered; zero when there is none.</param>
public sealed record OutboxCounts(long Waiting, long Delivering, long Retrying, long Dead, TimeSpan OldestAge);
