using System.Net;

namespace Platform.Web.Upstream;

/// <summary>The connection pool of forwarded requests: nothing is followed, unpacked, remembered or retried on the way.</summary>
internal sealed class ForwarderConnection : IDisposable
{
    /// <summary>Sends one request as it is.</summary>
    public HttpMessageInvoker Invoker { get; } = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        ConnectTimeout = TimeSpan.FromSeconds(5),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        UseCookies = false,
        UseProxy = false,
    });

    public void Dispose() => Invoker.Dispose();
}
