using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;

namespace Platform.ServiceDefaults.Access;

/// <summary>
/// Who may use a development host without a credential: only a program on this machine that talks to it directly.
/// Each condition closes one way in from outside: another machine, a name that a hostile page rebinds to loopback (Host),
/// a tunnel or proxy (forwarding headers), and a page of another site in a local browser (Origin, Sec-Fetch-Site).
/// </summary>
public static class LocalDevelopment
{
    private static readonly string[] ForwardingHeaders = ["Forwarded", "Via", "X-Real-IP", "CF-Connecting-IP", "True-Client-IP"];
    private static readonly string[] ForwardingPrefixes = ["X-Forwarded-", "X-Original-"];

    /// <summary>Returns whether <paramref name="context"/>'s request needs no credential.</summary>
    /// <param name="context">The request; it is only read.</param>
    /// <param name="environment">Anything but Development is never open.</param>
    /// <returns>True only when every condition holds.</returns>
    public static bool IsOpenTo(HttpContext context, IHostEnvironment environment)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(environment);
        return environment.IsDevelopment() && IsLocal(context);
    }

    /// <summary>Returns whether a program on this machine sent the request, directly.</summary>
    /// <param name="context">The request; it is only read.</param>
    public static bool IsLocal(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.Connection.RemoteIpAddress is { } peer && IsLoopback(peer)
            && IsLoopbackName(context.Request.Host.Host)
            && !WasForwarded(context.Request)
            && IsFromOwnSite(context.Request);
    }

    private static bool IsLoopbackName(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IsLoopback(address));

    private static bool IsLoopback(IPAddress address) =>
        IPAddress.IsLoopback(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address);

    private static bool WasForwarded(HttpRequest request) =>
        request.Headers.Keys.Any(name =>
            ForwardingHeaders.Contains(name, StringComparer.OrdinalIgnoreCase)
            || ForwardingPrefixes.Any(prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)));

    private static bool IsFromOwnSite(HttpRequest request) => RequestSite.Of(request) is not RequestSite.Kind.Foreign;
}
