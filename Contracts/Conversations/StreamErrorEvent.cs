namespace Platform.Contracts.Conversations;

/// <summary>Data of <see cref="StreamEvents.Error"/>.</summary>
/// <param name="Code">Stable, snake_case.</param>
/// <param name="Message">One sentence for the person who waits.</param>
/// <param name="RetryAfter">Seconds after which another try makes sense; null when unknown.</param>
/// <param name="ActivationId">The activation that failed.</param>
/// <param name="TraceId">Its trace.</param>
public sealed record StreamErrorEvent(string Code, string Message, int? RetryAfter, string? ActivationId, string? TraceId);
