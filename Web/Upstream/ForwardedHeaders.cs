namespace Platform.Web.Upstream;

/// <summary>Headers that the reverse proxy does not forward.</summary>
internal static class ForwardedHeaders
{
    /// <summary>Hop-by-hop headers (RFC 9110, 7.6.1).</summary>
    private static readonly HashSet<string> HopByHop = new(StringComparer.OrdinalIgnoreCase)
    {
        "Connection", "Expect", "Keep-Alive", "Proxy-Authenticate", "Proxy-Authorization", "Proxy-Connection", "TE", "Trailer", "Transfer-Encoding", "Upgrade",
    };

    /// <summary>Headers of the browser's connection to Web.</summary>
    private static readonly HashSet<string> Browser = new(StringComparer.OrdinalIgnoreCase)
    {
        "Cookie", "Host", "Origin", "Referer", "Forwarded", "Via", "X-Real-IP", "CF-Connecting-IP", "True-Client-IP",
    };

    /// <summary>Each hop writes its own trace context.</summary>
    private static readonly HashSet<string> TraceContext = new(StringComparer.OrdinalIgnoreCase) { "traceparent", "tracestate" };

    private static readonly string[] BrowserPrefixes = ["X-Forwarded-", "X-Original-", "Sec-Fetch-"];

    /// <summary>True when a request header must not reach the API.</summary>
    public static bool IsDroppedFromRequest(string name) =>
        HopByHop.Contains(name) || Browser.Contains(name) || TraceContext.Contains(name)
        || BrowserPrefixes.Any(prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));

    /// <summary>True when a response header must not reach the client.</summary>
    public static bool IsDroppedFromResponse(string name) => HopByHop.Contains(name) || name.Equals("Set-Cookie", StringComparison.OrdinalIgnoreCase);
}
