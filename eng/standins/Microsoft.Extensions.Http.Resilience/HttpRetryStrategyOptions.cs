using System.Net.Http.Headers;
using Polly;
using Polly.Retry;

namespace Microsoft.Extensions.Http.Resilience;

/// <summary>How often and how soon a failed request is sent again. Defaults: 3 retries, exponential from 2 s, jittered.</summary>
public class HttpRetryStrategyOptions : RetryStrategyOptions<HttpResponseMessage>
{
    /// <summary>Retries transient failures and honours <c>Retry-After</c>.</summary>
    public HttpRetryStrategyOptions()
    {
        ShouldHandle = static args => ValueTask.FromResult(HttpClientResiliencePredicates.IsTransient(args.Outcome));
        BackoffType = DelayBackoffType.Exponential;
        UseJitter = true;
        ShouldRetryAfterHeader = true;
    }

    /// <summary>Waits as long as the answer's <c>Retry-After</c> asks. Setting it replaces <c>DelayGenerator</c>. Default: true.</summary>
    public bool ShouldRetryAfterHeader
    {
        get;
        set
        {
            field = value;
            DelayGenerator = value
                ? static args => ValueTask.FromResult(DelayAskedFor(args.Outcome.Result?.Headers.RetryAfter))
                : null;
        }
    }

    private static TimeSpan? DelayAskedFor(RetryConditionHeaderValue? header)
    {
        var delay = header?.Delta ?? header?.Date - TimeProvider.System.GetUtcNow();
        return delay < TimeSpan.Zero ? TimeSpan.Zero : delay;
    }
}
