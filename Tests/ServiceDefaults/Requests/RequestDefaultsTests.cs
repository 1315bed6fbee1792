using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Platform.ServiceDefaults.Requests;

namespace Platform.Tests.ServiceDefaults.Requests;

/// <summary>What every service does with every request.</summary>
public sealed class RequestDefaultsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("", 400)]
    [InlineData("xn--", 400)]
    [InlineData("a..b", 400)]
    [InlineData(".", 400)]
    [InlineData("[::1", 400)]
    [InlineData("a:99999", 400)]
    [InlineData("localhost", 200)]
    [InlineData("platform.example:8080", 200)]
    [InlineData("platform_web:8080", 200)]
    [InlineData("xn--bcher-kva.example", 200)]
    [InlineData("[::1]:8080", 200)]
    [InlineData("192.0.2.7", 200)]
    public async Task Host_Value_IsANameOrABadRequest(string value, int status)
    {
        await using var host = await DefaultsHost.StartAsync(map: app => app.MapGet("/page", (HttpRequest request) => new Uri($"http://{request.Host}/").Host));

        Assert.StartsWith($"HTTP/1.1 {status} ", await RawAsync(host, $"GET /page HTTP/1.1\r\nHost: {value}\r\nConnection: close\r\n\r\n"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Host_Of300Letters_IsABadRequest()
    {
        await using var host = await DefaultsHost.StartAsync();

        Assert.StartsWith("HTTP/1.1 400 ", await RawAsync(host, $"GET /alive HTTP/1.1\r\nHost: {new string('a', 300)}\r\nConnection: close\r\n\r\n"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Host_Missing_ProbesAreAnswered()
    {
        await using var host = await DefaultsHost.StartAsync();

        Assert.StartsWith("HTTP/1.1 200 ", await RawAsync(host, "GET /alive HTTP/1.0\r\n\r\n"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/alive")]
    [InlineData("/nowhere")]
    [InlineData("/throws")]
    public async Task Response_Any_HasTheSecurityHeaders(string path)
    {
        await using var host = await DefaultsHost.StartAsync(map: app =>
        {
            app.UseExceptionHandler(failed => failed.Run(context => context.Response.WriteAsync("failed")));
            app.MapGet("/throws", () => { throw new InvalidOperationException(); });
        });

        using var response = await host.Client.GetAsync(new Uri(path, UriKind.Relative), Token);

        Assert.Equal(SecurityHeaders.NothingAllowed, Assert.Single(response.Headers.GetValues("Content-Security-Policy")));
        Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("DENY", Assert.Single(response.Headers.GetValues("X-Frame-Options")));
    }

    [Fact]
    public async Task Response_EndpointWithAPolicy_HasThatOne()
    {
        await using var host = await DefaultsHost.StartAsync(map: app => app.MapGet("/page", () => "").WithContentSecurityPolicy(SecurityHeaders.InlineAllowed));

        using var response = await host.Client.GetAsync(new Uri("/page", UriKind.Relative), Token);

        Assert.Equal(SecurityHeaders.InlineAllowed, Assert.Single(response.Headers.GetValues("Content-Security-Policy")));
    }

    [Theory]
    [InlineData("text/html", "/nowhere", "GET", HttpStatusCode.NotFound)]
    [InlineData("image/png", "/alive", "POST", HttpStatusCode.MethodNotAllowed)]
    [InlineData("*/*", "/nowhere", "GET", HttpStatusCode.NotFound)]
    public async Task Error_OfTheFramework_IsAProblemDocument(string accept, string path, string method, HttpStatusCode status)
    {
        await using var host = await DefaultsHost.StartAsync(map: app => app.UseProblemStatusPages());
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Headers.Add("Accept", accept);

        using var response = await host.Client.SendAsync(request, Token);

        Assert.Equal(status, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
    }

    [Theory]
    [InlineData(null, null, 200)]
    [InlineData("X-Forwarded-For", "203.0.113.9", 401)]
    [InlineData("Host", "platform.example", 401)]
    public async Task Metrics_Request_IsServedFromThisMachineOnly(string? header, string? value, int status)
    {
        await using var host = await DefaultsHost.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/metrics");
        if (header is not null)
        {
            request.Headers.TryAddWithoutValidation(header, value);
        }

        using var response = await host.Client.SendAsync(request, Token);

        Assert.Equal(status, (int)response.StatusCode);
    }

    [Fact]
    public async Task Metrics_OpenBySetting_AreServedToAll()
    {
        await using var host = await DefaultsHost.StartAsync(settings: new Dictionary<string, string?> { ["METRICS_OPEN"] = "true" });
        using var request = new HttpRequestMessage(HttpMethod.Get, "/metrics");
        request.Headers.Host = "platform.example";

        using var response = await host.Client.SendAsync(request, Token);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    private static async Task<string> RawAsync(DefaultsHost host, string request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, host.Client.BaseAddress!.Port, Token);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(request), Token);
        using var reader = new StreamReader(client.GetStream());
        return await reader.ReadToEndAsync(Token);
    }
}
