namespace Platform.Core.Activations.Queue;

/// <summary>How much has not ended, of all bots and tenants.</summary>
/// <param name="Waiting">Could begin, or waits behind another of its channel.</param>
/// <param name="Running">Held by a worker.</param>
/// <param name="Deferred">Put off after a transient failure of the model.</param>
/// <param name="Parked">Wait for a person.</param>
/// <param name="OldestAge">How long the oldest waiting one could have begun; zero when none waits.</param>
public sealed record QueueCounts(long Waiting, long Running, long Deferred, long Parked, TimeSpan OldestAge);
