namespace Platform.Core.Models.Calls;

/// <summary>Why a model request failed.</summary>
/// <param name="Code">Stable: <c>model_error</c>, <c>model_timeout</c>, <c>stream_broken</c>, <c>model_unreachable</c>, <c>model_rejected</c>, <c>rate_limited</c>, <c>token_ceiling</c>, <c>no_provider</c>.</param>
/// <param name="Message">One sentence for a person, without secrets.</param>
/// <param name="RetryAfter">How long the provider asks to wait; null when it did not say.</param>
/// <param name="StatusCode">HTTP status; null when there was no answer.</param>
public sealed record ModelError(string Code, string Message, TimeSpan? RetryAfter = null, int? StatusCode = null);
