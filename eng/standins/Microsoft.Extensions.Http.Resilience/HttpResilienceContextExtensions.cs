using System.Diagnostics.CodeAnalysis;

namespace Polly;

/// <summary>Ties a request to the context of its pipeline.</summary>
[Experimental("EXTEXP0001")]
public static class HttpResilienceContextExtensions
{
    private static readonly ResiliencePropertyKey<HttpRequestMessage?> RequestKey = new("Resilience.Http.RequestMessage");

    /// <summary>The request that the pipeline runs, null outside a request.</summary>
    public static HttpRequestMessage? GetRequestMessage(this ResilienceContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.Properties.GetValue(RequestKey, null);
    }

    /// <summary>Names the request that the pipeline runs.</summary>
    public static void SetRequestMessage(this ResilienceContext context, HttpRequestMessage? requestMessage)
    {
        ArgumentNullException.ThrowIfNull(context);
        context.Properties.Set(RequestKey, requestMessage);
    }
}
