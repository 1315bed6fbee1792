using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Platform.Web.Upstream;

/// <summary>
/// Sends a request to the API and returns its response unbuffered. Redirects are not followed, bodies not decompressed, requests not retried.
/// </summary>
internal sealed class ForwarderConnection(IConfiguration configuration) : IDisposable
{
    private readonly Uri _address = ApiAddress.From(configuration);

    private readonly HttpMessageInvoker _invoker = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        ConnectTimeout = TimeSpan.FromSeconds(5),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        UseCookies = false,
        UseProxy = false,

        // As Kestrel reads them; a proxy in front may add the name of a city.
        RequestHeaderEncodingSelector = static (_, _) => Encoding.UTF8,
    });

    /// <summary>Whether the resolved path is under <c>/api</c>. Doubly encoded dots are resolved only in the final address.</summary>
    public bool StaysUnderApi(HttpRequest request) =>
        new PathString(Target(request).AbsolutePath).StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase);

    /// <summary>Forwards the request of <paramref name="context"/>.</summary>
    /// <param name="context">The incoming request; its response is not changed.</param>
    /// <param name="adjust">Changes the outgoing headers.</param>
    /// <param name="target">Path and query at the API; null keeps those of the request.</param>
    /// <returns>The response once its headers are read; the body is still streaming.</returns>
    /// <exception cref="HttpRequestException">The API did not respond.</exception>
    public Task<HttpResponseMessage> SendAsync(HttpContext context, Action<HttpRequestHeaders> adjust, string? target = null)
    {
        var incoming = context.Request;
        var outgoing = new HttpRequestMessage(HttpMethod.Parse(incoming.Method), target is null ? Target(incoming) : new Uri(_address, target))
        {
            Content = incoming.ContentLength > 0 || incoming.Headers.TransferEncoding.Count > 0 ? new StreamContent(incoming.Body) : null,
        };
        foreach (var (name, values) in incoming.Headers.Where(header => !ForwardedHeaders.IsDroppedFromRequest(header.Key)))
        {
            if (!outgoing.Headers.TryAddWithoutValidation(name, values.AsEnumerable()))
            {
                outgoing.Content?.Headers.TryAddWithoutValidation(name, values.AsEnumerable());
            }
        }

        adjust(outgoing.Headers);
        return _invoker.SendAsync(outgoing, context.RequestAborted);
    }

    /// <summary>Requests <c>/ready</c>.</summary>
    /// <exception cref="HttpRequestException">The API did not respond.</exception>
    public async Task<HttpStatusCode> ProbeAsync(CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_address, "/ready"));
        using var response = await _invoker.SendAsync(request, cancellationToken);
        return response.StatusCode;
    }

    private Uri Target(HttpRequest request) => new(_address, request.PathBase + request.Path + request.QueryString);

    public void Dispose() => _invoker.Dispose();
}
