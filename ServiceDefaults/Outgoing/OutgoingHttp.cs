using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Http.Resilience;
using Microsoft.Extensions.Options;
using Platform.ServiceDefaults.Correlation;
using Polly;

namespace Platform.ServiceDefaults.Outgoing;

/// <summary>
/// What every <see cref="HttpClient"/> of the factory does: bounded time, retries of safe methods, one circuit for each server, and the
/// correlation id sent along. The bounds end where the answer's headers arrive, so a stream read with
/// <see cref="HttpCompletionOption.ResponseHeadersRead"/> has no total timeout.
/// </summary>
public static class OutgoingHttp
{
    private const int Retries = 2;

    private static readonly TimeSpan FirstRetryDelay = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestAttempt = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan ShortestSampling = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Removes timeouts, retries and circuit breaker from this client, for callers that have their own: model calls, long polls.
    /// Such a client has no timeout at all until its owner sets one.
    /// </summary>
    public static IHttpClientBuilder WithoutResilience(this IHttpClientBuilder builder)
    {
#pragma warning disable EXTEXP0001 // The only way to remove the defaults.
        return builder.RemoveAllResilienceHandlers();
#pragma warning restore EXTEXP0001
    }

    /// <summary>
    /// Calls another process of the platform: never through a proxy, which the environment may name for calls to the internet and which would not
    /// find it. Docker puts <c>HTTP_PROXY</c> into every container when its client is configured so.
    /// </summary>
    public static IHttpClientBuilder WithoutProxy(this IHttpClientBuilder builder) =>
        builder.ConfigurePrimaryHttpMessageHandler((handler, _) =>
        {
            switch (handler)
            {
                case SocketsHttpHandler sockets:
                    sockets.UseProxy = false;
                    break;
                case HttpClientHandler client:
                    client.UseProxy = false;
                    break;
                default:
                    throw new InvalidOperationException($"The proxy of a {handler.GetType().Name} cannot be turned off.");
            }
        });

    /// <summary>
    /// Calls a process of the platform that itself says when it cannot answer: a response is passed on at once, whatever its status, instead of waiting and
    /// asking again, and does not open the circuit, which is one for all users. No response, or a broken one, is retried as elsewhere.
    /// </summary>
    public static IHttpClientBuilder WithoutRetryOfResponses(this IHttpClientBuilder builder)
    {
        builder.WithoutResilience()
            .AddStandardResilienceHandler()
            .Configure((resilience, services) =>
            {
                Configure(resilience, services.GetRequiredService<IOptions<OutgoingHttpOptions>>().Value);
                var isTransient = resilience.Retry.ShouldHandle;
                resilience.Retry.ShouldHandle = attempt => attempt.Outcome.Result is not null ? PredicateResult.False() : isTransient(attempt);
                var isFailure = resilience.CircuitBreaker.ShouldHandle;
                resilience.CircuitBreaker.ShouldHandle = attempt => attempt.Outcome.Result is not null ? PredicateResult.False() : isFailure(attempt);
            });
        return builder;
    }

    /// <summary>A client for this process's own commands, with the rule of <see cref="WithoutProxy"/>.</summary>
    public static HttpClient CreateDirectClient() => new(new SocketsHttpHandler { UseProxy = false });

    internal static void AddOutgoingHttp(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<OutgoingHttpOptions>().BindConfiguration(OutgoingHttpOptions.Section).ValidateOnStart();
        builder.Services.AddTransient<CorrelationHandler>();
        builder.Services.ConfigureHttpClientDefaults(http =>
        {
            http.AddHttpMessageHandler<CorrelationHandler>();
            http.AddStandardResilienceHandler()
                .Configure((resilience, services) =>
                    Configure(resilience, services.GetRequiredService<IOptions<OutgoingHttpOptions>>().Value))
                .SelectPipelineByAuthority();
        });
    }


    private static void Configure(HttpStandardResilienceOptions resilience, OutgoingHttpOptions options)
    {
        var attempt = options.Timeout < LongestAttempt ? options.Timeout : LongestAttempt;
        resilience.TotalRequestTimeout.Timeout = options.Timeout;
        resilience.AttemptTimeout.Timeout = attempt;
        resilience.CircuitBreaker.SamplingDuration = ShortestSampling;
        resilience.Retry.MaxRetryAttempts = Retries;
        resilience.Retry.Delay = FirstRetryDelay;
#pragma warning disable EXTEXP0001 // A POST that is sent twice may act twice.
        resilience.Retry.DisableForUnsafeHttpMethods();
#pragma warning restore EXTEXP0001
    }
}
