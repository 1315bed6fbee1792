namespace Microsoft.Extensions.Http.Resilience;

/// <summary>The standard pipeline, from outside to inside: total timeout, retry, circuit breaker, attempt timeout.</summary>
public class HttpStandardResilienceOptions
{
    /// <summary>Bounds a request with all its retries. Default: 30 s.</summary>
    public HttpTimeoutStrategyOptions TotalRequestTimeout { get; set; } = new() { Name = "Standard-TotalRequestTimeout" };

    /// <summary>Sends failed requests again.</summary>
    public HttpRetryStrategyOptions Retry { get; set; } = new() { Name = "Standard-Retry" };

    /// <summary>Stops calling a server that fails.</summary>
    public HttpCircuitBreakerStrategyOptions CircuitBreaker { get; set; } = new() { Name = "Standard-CircuitBreaker" };

    /// <summary>Bounds one attempt. Default: 10 s.</summary>
    public HttpTimeoutStrategyOptions AttemptTimeout { get; set; } = new()
    {
        Timeout = TimeSpan.FromSeconds(10),
        Name = "Standard-AttemptTimeout",
    };
}
