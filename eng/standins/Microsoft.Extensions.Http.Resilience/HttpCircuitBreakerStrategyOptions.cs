using Polly.CircuitBreaker;

namespace Microsoft.Extensions.Http.Resilience;

/// <summary>When to stop calling a server that fails. Defaults: 10 % failures among at least 100 calls in 30 s open the circuit for 5 s.</summary>
public class HttpCircuitBreakerStrategyOptions : CircuitBreakerStrategyOptions<HttpResponseMessage>
{
    /// <summary>Counts transient failures only.</summary>
    public HttpCircuitBreakerStrategyOptions() =>
        ShouldHandle = static args => ValueTask.FromResult(HttpClientResiliencePredicates.IsTransient(args.Outcome));
}
