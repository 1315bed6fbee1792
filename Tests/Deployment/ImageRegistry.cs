using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Platform.Tests.Deployment;

/// <summary>A registry of images on this machine, to which an engine can push and from which it gets digests (OCI distribution specification).</summary>
internal sealed class ImageRegistry : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, byte[]> _blobs = new();
    private readonly ConcurrentDictionary<string, MemoryStream> _uploads = new();
    private readonly ConcurrentDictionary<string, (string Type, byte[] Content)> _manifests = new();
    private readonly WebApplication _app;

    private ImageRegistry(WebApplication app)
    {
        _app = app;
        app.Run(AnswerAsync);
    }

    /// <summary>Host and port, the first part of an image's name.</summary>
    public string Address => new Uri(_app.Urls.First()).Authority;

    public static async Task<ImageRegistry> StartAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0").ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = null);
        var registry = new ImageRegistry(builder.Build());
        await registry._app.StartAsync(cancellationToken);
        return registry;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private Task AnswerAsync(HttpContext context)
    {
        var parts = context.Request.Path.ToString().Trim('/').Split('/');
        context.Response.Headers["Docker-Distribution-API-Version"] = "registry/2.0";
        return parts switch
        {
            ["v2"] => Task.CompletedTask,
            ["v2", .., "blobs", "uploads"] => BeginUploadAsync(context),
            ["v2", .., "blobs", "uploads", var id] => UploadAsync(context, id),
            ["v2", .., "blobs", var digest] => _blobs.TryGetValue(digest, out var blob) ? SendAsync(context, "application/octet-stream", digest, blob) : MissingAsync(context),
            ["v2", var name, "manifests", var reference] => ManifestAsync(context, name, reference),
            _ => MissingAsync(context),
        };
    }

    private Task BeginUploadAsync(HttpContext context)
    {
        var id = Guid.NewGuid().ToString("N");
        _uploads[id] = new MemoryStream();
        context.Response.StatusCode = StatusCodes.Status202Accepted;
        context.Response.Headers.Location = $"{context.Request.Path.ToString().TrimEnd('/')}/{id}";
        return Task.CompletedTask;
    }

    private async Task UploadAsync(HttpContext context, string id)
    {
        await context.Request.Body.CopyToAsync(_uploads[id], context.RequestAborted);
        context.Response.Headers.Location = context.Request.Path.ToString();
        if (HttpMethods.IsPatch(context.Request.Method))
        {
            context.Response.StatusCode = StatusCodes.Status202Accepted;
            context.Response.Headers.Range = $"0-{_uploads[id].Length - 1}";
            return;
        }

        var digest = context.Request.Query["digest"].ToString();
        _blobs[digest] = _uploads[id].ToArray();
        context.Response.StatusCode = StatusCodes.Status201Created;
        context.Response.Headers["Docker-Content-Digest"] = digest;
    }

    private async Task ManifestAsync(HttpContext context, string name, string reference)
    {
        if (!HttpMethods.IsPut(context.Request.Method))
        {
            await (_manifests.TryGetValue($"{name}:{reference}", out var found) ? SendAsync(context, found.Type, DigestOf(found.Content), found.Content) : MissingAsync(context));
            return;
        }

        using var content = new MemoryStream();
        await context.Request.Body.CopyToAsync(content, context.RequestAborted);
        var manifest = (context.Request.ContentType ?? "", content.ToArray());
        var digest = DigestOf(content.ToArray());
        _manifests[$"{name}:{reference}"] = _manifests[$"{name}:{digest}"] = manifest;
        context.Response.StatusCode = StatusCodes.Status201Created;
        context.Response.Headers["Docker-Content-Digest"] = digest;
    }

    private static async Task SendAsync(HttpContext context, string type, string digest, byte[] content)
    {
        context.Response.ContentType = type;
        context.Response.ContentLength = content.Length;
        context.Response.Headers["Docker-Content-Digest"] = digest;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await context.Response.Body.WriteAsync(content, context.RequestAborted);
        }
    }

    private static Task MissingAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }

    private static string DigestOf(byte[] content) => $"sha256:{Convert.ToHexStringLower(SHA256.HashData(content))}";
}
