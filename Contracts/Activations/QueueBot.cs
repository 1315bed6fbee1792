namespace Platform.Contracts.Activations;

/// <summary>How much of one bot's work has not ended.</summary>
/// <param name="Bot">The bot's handle.</param>
/// <param name="Running">Held by a worker.</param>
/// <param name="Waiting">Waiting for a worker.</param>
/// <param name="Deferred">Deferred.</param>
/// <param name="Parked">Waiting for an operator.</param>
public sealed record QueueBot(string Bot, long Running, long Waiting, long Deferred, long Parked);
