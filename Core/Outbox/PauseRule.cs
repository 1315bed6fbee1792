namespace Platform.Core.Outbox;

/// <summary>When deliveries to a receiver that keeps failing are paused.</summary>
/// <param name="AfterFailures">Consecutive failed attempts that start the first pause; 0 for no pauses.</param>
/// <param name="First">The first pause. Each further one is twice as long as the one before, until a delivery succeeds.</param>
/// <param name="Longest">The longest pause.</param>
public sealed record PauseRule(int AfterFailures, TimeSpan First, TimeSpan Longest);
