using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace Platform.Tests.Infrastructure;

/// <summary>A forward proxy for plain HTTP, as companies have them: passes requests on and writes down whom they were for.</summary>
public sealed class RecordingProxy : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<string> _servers = new();
    private readonly HttpMessageInvoker _direct = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, UseCookies = false });

    private RecordingProxy(int port)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Logging.ClearProviders();
        Address = new Uri($"http://127.0.0.1:{port}");
        builder.WebHost.UseKestrelCore().UseUrls(Address.OriginalString);
        _app = builder.Build();
        _app.Run(PassOnAsync);
    }

    public Uri Address { get; }

    /// <summary>Host and port of each request so far.</summary>
    public IReadOnlyList<string> Servers => [.. _servers];

    /// <summary>Every variable by which programs are told of a proxy.</summary>
    public IReadOnlyDictionary<string, string?> Variables => new[] { "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy" }
        .ToDictionary(name => name, _ => (string?)Address.OriginalString)
        .Append(new("NO_PROXY", null)).Append(new("no_proxy", null))
        .ToDictionary();

    public static async Task<RecordingProxy> StartAsync(CancellationToken cancellationToken)
    {
        var proxy = new RecordingProxy(FreePort.Next());
        await proxy._app.StartAsync(cancellationToken);
        return proxy;
    }

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
        _direct.Dispose();
    }

    private async Task PassOnAsync(HttpContext context)
    {
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        if (!Uri.TryCreate(target, UriKind.Absolute, out var address))
        {
            _servers.Enqueue(target);
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        _servers.Enqueue(address.Authority);
        using var request = new HttpRequestMessage(HttpMethod.Parse(context.Request.Method), address)
        {
            Content = context.Request.ContentLength > 0 || context.Request.Headers.TransferEncoding.Count > 0 ? new StreamContent(context.Request.Body) : null,
        };
        foreach (var (name, values) in context.Request.Headers.Where(header => header.Key is not ("Host" or "Transfer-Encoding" or "Proxy-Connection")))
        {
            if (!request.Headers.TryAddWithoutValidation(name, values.AsEnumerable()))
            {
                request.Content?.Headers.TryAddWithoutValidation(name, values.AsEnumerable());
            }
        }

        using var response = await _direct.SendAsync(request, context.RequestAborted);
        context.Response.StatusCode = (int)response.StatusCode;
        foreach (var (name, values) in response.Headers.Concat(response.Content.Headers).Where(header => header.Key is not "Transfer-Encoding"))
        {
            context.Response.Headers[name] = values.ToArray();
        }

        await response.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
    }
}
