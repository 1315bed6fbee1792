using System.Net;
using System.Net.Sockets;
using Platform.Core.Webhooks;

namespace Platform.Worker.Features.Outbox;

/// <summary>
/// Keeps a proxy from connecting for us to an address that a webhook may not reach. A name that only the proxy can resolve is left to it.
/// Calls without a proxy are checked where they connect.
/// </summary>
internal sealed class ProxiedAddressCheck : DelegatingHandler
{
    /// <summary>The proxy that the environment names for an address; null for none.</summary>
    public static Uri? ProxyFor(Uri address) =>
        HttpClient.DefaultProxy.IsBypassed(address) || HttpClient.DefaultProxy.GetProxy(address) is not { } proxy || proxy == address ? null : proxy;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.RequestUri is { } address && ProxyFor(address) is not null)
        {
            OutgoingAddress.RefuseIfAnyIsRefused(await ResolveAsync(address.IdnHost, cancellationToken));
        }

        return await base.SendAsync(request, cancellationToken);
    }

    private static async Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken)
    {
        try
        {
            return await Dns.GetHostAddressesAsync(host, cancellationToken);
        }
        catch (SocketException)
        {
            return [];
        }
    }
}
