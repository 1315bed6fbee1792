using System.Net;

namespace Platform.ServiceDefaults.Outgoing;

/// <summary>A proxy setting with exceptions: some servers are called directly, whatever the environment says.</summary>
/// <param name="inner">Decides about all other servers.</param>
/// <param name="servers">By scheme, host and port.</param>
internal sealed class DirectProxy(IWebProxy inner, IReadOnlyCollection<Uri> servers) : IWebProxy
{
    public ICredentials? Credentials
    {
        get => inner.Credentials;
        set => inner.Credentials = value;
    }

    public Uri? GetProxy(Uri destination) => IsDirect(destination) ? null : inner.GetProxy(destination);

    public bool IsBypassed(Uri host) => IsDirect(host) || inner.IsBypassed(host);

    private bool IsDirect(Uri address) => servers.Any(server => server.IdnHost == address.IdnHost && server.Port == address.Port);
}
