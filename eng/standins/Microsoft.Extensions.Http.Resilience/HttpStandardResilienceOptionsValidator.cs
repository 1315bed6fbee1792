using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.Http.Resilience;

/// <summary>Refuses timeouts that contradict each other.</summary>
internal sealed class HttpStandardResilienceOptionsValidator : IValidateOptions<HttpStandardResilienceOptions>
{
    public ValidateOptionsResult Validate(string? name, HttpStandardResilienceOptions options)
    {
        var attempt = options.AttemptTimeout.Timeout;
        if (attempt > options.TotalRequestTimeout.Timeout)
        {
            return ValidateOptionsResult.Fail(
                $"AttemptTimeout ({attempt}) must not exceed TotalRequestTimeout ({options.TotalRequestTimeout.Timeout}).");
        }

        return options.CircuitBreaker.SamplingDuration < attempt * 2
            ? ValidateOptionsResult.Fail(
                $"CircuitBreaker.SamplingDuration ({options.CircuitBreaker.SamplingDuration}) must be at least twice AttemptTimeout ({attempt}).")
            : ValidateOptionsResult.Success;
    }
}
