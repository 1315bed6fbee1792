namespace Platform.Web.Upstream;

/// <summary>Which headers stay on their side of the forwarder.</summary>
internal static class ForwardedHeaders
{
    /// <summary>They belong to one connection (RFC 9110, 7.6.1).</summary>
    private static readonly HashSet<string> HopByHop = new(StringComparer.OrdinalIgnoreCase)
    {
        "Connection", "Expect", "Keep-Alive", "Proxy-Authenticate", "Proxy-Authorization", "Proxy-Connection", "TE", "Trailer", "Transfer-Encoding", "Upgrade",
    };

    /// <summary>They tell of the browser, not of the request.</summary>
    private static readonly HashSet<string> Browser = new(StringComparer.OrdinalIgnoreCase)
    {
        "Cookie", "Host", "Origin", "Referer", "Forwarded", "Via", "X-Real-IP", "CF-Connecting-IP", "True-Client-IP",
    };

    /// <summary>Each hop of a trace writes its own.</summary>
    private static readonly HashSet<string> TraceContext = new(StringComparer.OrdinalIgnoreCase) { "traceparent", "tracestate" };

    private static readonly string[] BrowserPrefixes = ["X-Forwarded-", "X-Original-", "Sec-Fetch-"];

    /// <summary>True when a request's header must not reach the Api.</summary>
    public static bool StaysHere(string name) =>
        HopByHop.Contains(name) || Browser.Contains(name) || TraceContext.Contains(name)
        || BrowserPrefixes.Any(prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));

    /// <summary>True when an answer's header must not reach the client.</summary>
    public static bool StaysThere(string name) => HopByHop.Contains(name) || name.Equals("Set-Cookie", StringComparison.OrdinalIgnoreCase);
}
