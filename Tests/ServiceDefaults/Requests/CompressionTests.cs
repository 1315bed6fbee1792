using System.IO.Compression;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.DependencyInjection;
using Platform.ServiceDefaults.Requests;

namespace Platform.Tests.ServiceDefaults.Requests;

public sealed class CompressionTests
{
    private static readonly string Text = string.Concat(Enumerable.Range(0, 5000).Select(number => $"[{number}]"));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("text/html", "gzip, deflate, br, zstd", "br")]
    [InlineData("text/html; charset=utf-8", "br", "br")]
    [InlineData("application/json", "gzip, deflate", "gzip")]
    [InlineData("text/css", "gzip;q=1.0, br;q=0.5", "gzip")]
    [InlineData("text/html", "br;q=0", null)]
    [InlineData("text/html", "zstd", null)]
    [InlineData("application/x-ndjson", "br", null)]
    [InlineData("application/zip", "br", null)]
    [InlineData("application/octet-stream", "br", null)]
    public async Task Response_OfAType_IsEncodedAsAcceptedAndDecodesToTheSameBytes(string type, string accepted, string? encoding)
    {
        await using var host = await StartAsync(app => app.MapGet("/page", () => Results.Text(Text, type)));

        using var response = await GetAsync(host, "/page", ("Accept-Encoding", accepted));
        var bytes = await response.Content.ReadAsByteArrayAsync(Token);

        Assert.Equal(encoding, response.Content.Headers.ContentEncoding.SingleOrDefault());
        Assert.Equal(type.StartsWith("text/", StringComparison.Ordinal) || type == "application/json", response.Headers.Vary.Contains("Accept-Encoding"));
        Assert.Equal(encoding is not null, bytes.Length < Text.Length);
        Assert.Equal(Text, Encoding.UTF8.GetString(Decode(bytes, encoding)));
    }

    [Fact]
    public async Task Response_AlreadyEncoded_IsLeftAsItIs()
    {
        var encoded = Encode(Text);
        await using var host = await StartAsync(app => app.MapGet("/page", (HttpResponse response) =>
        {
            response.Headers.ContentEncoding = "br";
            return Results.Bytes(encoded, "application/json");
        }));

        using var response = await GetAsync(host, "/page", ("Accept-Encoding", "br"));

        Assert.Equal(["br"], response.Content.Headers.ContentEncoding);
        Assert.Equal(encoded, await response.Content.ReadAsByteArrayAsync(Token));
    }

    [Fact]
    public async Task EventStream_FirstEvent_ArrivesUncompressedBeforeTheEnd()
    {
        var end = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var host = await StartAsync(app => app.MapGet("/events", async (HttpContext context) =>
        {
            context.Response.ContentType = "text/event-stream";
            await context.Response.WriteAsync("data: first\n\n", context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
            await end.Task;
        }));

        using var response = await GetAsync(host, "/events", ("Accept-Encoding", "br, gzip"));
        await using var events = SseReader.ReadAsync(response, Token).GetAsyncEnumerator(Token);

        Assert.True(await events.MoveNextAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(10), Token));
        Assert.Equal("first", events.Current.Data);
        Assert.Empty(response.Content.Headers.ContentEncoding);
        end.SetResult();
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site", false)]
    [InlineData("Sec-Fetch-Site", "same-site", false)]
    [InlineData("Origin", "https://elsewhere.example", false)]
    [InlineData("Sec-Fetch-Site", "same-origin", true)]
    [InlineData("Sec-Fetch-Site", "none", true)]
    public async Task Response_ToAnotherSitesPage_IsNotCompressed(string header, string value, bool isCompressed)
    {
        await using var host = await StartAsync(app => app.MapGet("/page", () => Results.Text(Text, "text/html")));

        using var response = await GetAsync(host, "/page", ("Accept-Encoding", "br"), (header, value));

        Assert.Equal(isCompressed, response.Content.Headers.ContentEncoding.Count > 0);
    }

    [Theory]
    [InlineData(CompressionLevel.Fastest)]
    [InlineData(CompressionLevel.Optimal)]
    public async Task Exception_AfterAPartOfAResponse_NeverLooksLikeAWholeResponse(CompressionLevel level)
    {
        await using var host = await DefaultsHost.StartAsync(
            services => services.AddCompression().Configure<BrotliCompressionProviderOptions>(options => options.Level = level),
            app =>
            {
                app.UseExceptionHandler(failed => failed.Run(context => context.Response.WriteAsync("failed")));
                app.UseCompression();
                app.MapGet("/throws", async (HttpContext context) =>
                {
                    context.Response.ContentType = "text/html";
                    await context.Response.Body.WriteAsync("the first part"u8.ToArray(), Token);
                    throw new InvalidOperationException();
                });
            });

        using var response = await GetAsync(host, "/throws", ("Accept-Encoding", "br"));

        if (response.StatusCode is HttpStatusCode.OK)
        {
            await Assert.ThrowsAnyAsync<HttpRequestException>(() => response.Content.ReadAsByteArrayAsync(Token));
            return;
        }

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.Empty(response.Content.Headers.ContentEncoding);
        Assert.Equal("failed", await response.Content.ReadAsStringAsync(Token));
    }

    private static Task<DefaultsHost> StartAsync(Action<WebApplication> map) => DefaultsHost.StartAsync(
        services => services.AddCompression(),
        app =>
        {
            app.UseCompression();
            map(app);
        });

    private static async Task<HttpResponseMessage> GetAsync(DefaultsHost host, string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await host.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Token);
    }

    private static byte[] Encode(string text)
    {
        using var encoded = new MemoryStream();
        using (var brotli = new BrotliStream(encoded, CompressionLevel.Fastest))
        {
            brotli.Write(Encoding.UTF8.GetBytes(text));
        }

        return encoded.ToArray();
    }

    private static byte[] Decode(byte[] bytes, string? encoding)
    {
        using var encoded = new MemoryStream(bytes);
        using Stream decoding = encoding switch
        {
            "br" => new BrotliStream(encoded, CompressionMode.Decompress),
            "gzip" => new GZipStream(encoded, CompressionMode.Decompress),
            _ => encoded,
        };
        using var decoded = new MemoryStream();
        decoding.CopyTo(decoded);
        return decoded.ToArray();
    }
}
