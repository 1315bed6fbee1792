using System.Net.Http.Headers;
using Yarp.ReverseProxy.Forwarder;

namespace Platform.Web.Upstream;

/// <summary>What of a browser's request reaches the Api.</summary>
/// <param name="token">Sent as bearer; null leaves the request's own credential.</param>
/// <param name="foreignPeer">
/// Set for requests that Web itself did not let in: it becomes <c>X-Forwarded-For</c>, so that the Api does not take them for local ones.
/// </param>
internal sealed class ApiRequestTransformer(string? token, string? foreignPeer) : HttpTransformer
{
    private static readonly string[] Names = ["Cookie", "Origin", "Referer", "Forwarded", "Via", "X-Real-IP", "CF-Connecting-IP", "True-Client-IP"];
    private static readonly string[] Prefixes = ["X-Forwarded-", "X-Original-", "Sec-Fetch-"];

    public override async ValueTask TransformRequestAsync(
        HttpContext httpContext, HttpRequestMessage proxyRequest, string destinationPrefix, CancellationToken cancellationToken)
    {
        await base.TransformRequestAsync(httpContext, proxyRequest, destinationPrefix, cancellationToken);
        proxyRequest.Headers.Host = null;
        foreach (var name in proxyRequest.Headers.Select(header => header.Key).Where(StaysHere).ToArray())
        {
            proxyRequest.Headers.Remove(name);
        }

        if (token is not null)
        {
            proxyRequest.Headers.Remove("X-API-Key");
            proxyRequest.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        if (foreignPeer is not null)
        {
            proxyRequest.Headers.TryAddWithoutValidation("X-Forwarded-For", foreignPeer);
        }
    }

    private static bool StaysHere(string name) =>
        Names.Contains(name, StringComparer.OrdinalIgnoreCase)
        || Prefixes.Any(prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));
}
