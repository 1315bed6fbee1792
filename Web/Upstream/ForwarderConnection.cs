using System.Net;
using System.Net.Http.Headers;

namespace Platform.Web.Upstream;

/// <summary>
/// Carries a request to the Api and its answer back, byte by byte as they come: nothing is buffered, followed, unpacked or retried.
/// </summary>
internal sealed class ForwarderConnection(IConfiguration configuration) : IDisposable
{
    private readonly Uri address = ApiAddress.From(configuration);

    private readonly HttpMessageInvoker invoker = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        ConnectTimeout = TimeSpan.FromSeconds(5),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        UseCookies = false,
        UseProxy = false,
    });

    /// <summary>Says whether the Api would see a path under <c>/api</c>: dots that were encoded twice are resolved only when the address is put together.</summary>
    public bool StaysUnderApi(HttpRequest request) =>
        new PathString(Target(request).AbsolutePath).StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase);

    /// <summary>Sends what <paramref name="context"/> asks for.</summary>
    /// <param name="context">The request; nothing is written to its response.</param>
    /// <param name="adjust">Last word on the request's headers.</param>
    /// <param name="target">Path and query at the Api; null for those of the request.</param>
    /// <returns>The answer's head; its body is still under way.</returns>
    /// <exception cref="HttpRequestException">The Api does not answer.</exception>
    public Task<HttpResponseMessage> SendAsync(HttpContext context, Action<HttpRequestHeaders> adjust, string? target = null)
    {
        var incoming = context.Request;
        var outgoing = new HttpRequestMessage(HttpMethod.Parse(incoming.Method), target is null ? Target(incoming) : new Uri(address, target))
        {
            Content = incoming.ContentLength > 0 || incoming.Headers.TransferEncoding.Count > 0 ? new StreamContent(incoming.Body) : null,
        };
        foreach (var (name, values) in incoming.Headers.Where(header => !ForwardedHeaders.StaysHere(header.Key)))
        {
            if (!outgoing.Headers.TryAddWithoutValidation(name, values.AsEnumerable()))
            {
                outgoing.Content?.Headers.TryAddWithoutValidation(name, values.AsEnumerable());
            }
        }

        adjust(outgoing.Headers);
        return invoker.SendAsync(outgoing, context.RequestAborted);
    }

    /// <summary>Asks <c>/ready</c>.</summary>
    /// <exception cref="HttpRequestException">The Api does not answer.</exception>
    public async Task<HttpStatusCode> ProbeAsync(CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(address, "/ready"));
        using var response = await invoker.SendAsync(request, cancellationToken);
        return response.StatusCode;
    }

    private Uri Target(HttpRequest request) => new(address, request.PathBase + request.Path + request.QueryString);

    public void Dispose() => invoker.Dispose();
}
