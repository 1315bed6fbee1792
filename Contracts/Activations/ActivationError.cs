namespace Platform.Contracts.Activations;

/// <summary>Why an activation failed, for the person who waits.</summary>
/// <param name="Code">Stable, snake_case: <c>model_error</c>, <c>model_timeout</c>, <c>stream_broken</c>, <c>token_ceiling</c>, …</param>
/// <param name="Message">One sentence, without secrets.</param>
public sealed record ActivationError(string Code, string Message);
