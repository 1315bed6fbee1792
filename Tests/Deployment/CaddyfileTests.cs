using System.Net;
using System.Net.Security;
using System.Net.Sockets;

namespace Platform.Tests.Deployment;

/// <summary>The Caddyfile in the Caddy that the compose files name: it is valid, and no request for another host is answered or redirected.</summary>
[Trait("Category", "Deployment")]
public sealed class CaddyfileTests : IAsyncLifetime
{
    private const string Domain = "localhost";

    private readonly string _container = $"platform-tests-caddy-{Guid.NewGuid():N}";
    private string? _missing;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static string Image { get; } = File.ReadAllLines(Repository.PathOf("docker-compose.prod.yml"))
        .Single(line => line.Contains("/caddy:", StringComparison.Ordinal) && line.Contains("image:", StringComparison.Ordinal))
        .Split("image:")[1].Trim();

    private static string[] Mount { get; } = ["--volume", $"{Repository.PathOf("deploy", "Caddyfile")}:/etc/caddy/Caddyfile:ro"];

    public async ValueTask InitializeAsync()
    {
        _missing = await DockerEngine.WhyMissingAsync();
        if (_missing is null && (await DockerEngine.TryAsync("image", "inspect", Image)).Code != 0)
        {
            var (code, output) = await DockerEngine.TryAsync("pull", "--quiet", Image);
            _missing = code == 0 ? null : $"{Image} is not here and cannot be had: {output}";
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_missing is null)
        {
            await DockerEngine.TryAsync("rm", "--force", "--volumes", _container);
        }
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("platform.example.org")]
    [InlineData("http://platform.example.org")]
    public async Task Caddyfile_AnyFormOfDomain_IsValid(string domain)
    {
        Assert.SkipWhen(_missing is not null, _missing ?? "");

        var (code, output) = await DockerEngine.TryAsync(
            ["run", "--rm", "--env", $"DOMAIN={domain}", .. Mount, Image, "caddy", "validate", "--config", "/etc/caddy/Caddyfile"]);

        Assert.True(code == 0, output);
    }

    [Fact]
    public async Task Request_ForTheDomainOrAnotherHost_OnlyTheDomainIsRedirected()
    {
        Assert.SkipWhen(_missing is not null, _missing ?? "");
        await DockerEngine.RunAsync(
            ["run", "--detach", "--name", _container, "--env", $"DOMAIN={Domain}", "--publish", "127.0.0.1::80", "--publish", "127.0.0.1::443", .. Mount, Image]);
        using var handler = new SocketsHttpHandler { AllowAutoRedirect = false };
        using var encrypted = new SocketsHttpHandler { ConnectCallback = EncryptAsync };
        using var client = new HttpClient(handler);
        using var encryptedClient = new HttpClient(encrypted);
        var plain = await AddressAsync(80);
        await Eventually.TrueAsync(async _ => await AnswersAsync(client, plain), TestPlatform.Patience, "Caddy answers");

        using var own = await GetAsync(client, plain, Domain);
        Assert.Equal(HttpStatusCode.PermanentRedirect, own.StatusCode);
        Assert.Equal($"https://{Domain}/traces?q=1", own.Headers.Location?.OriginalString);
        var https = await AddressAsync(443);
        foreach (var (by, address, host) in ((HttpClient, Uri, string)[])
            [(client, plain, "evil.example"), (client, plain, "xn--"), (client, plain, "127.0.0.1"), (encryptedClient, https, "evil.example")])
        {
            using var other = await GetAsync(by, address, host);
            Assert.Equal(HttpStatusCode.MisdirectedRequest, other.StatusCode);
            Assert.Null(other.Headers.Location);
            Assert.Equal(["nosniff"], other.Headers.GetValues("X-Content-Type-Options"));
            Assert.Equal(["DENY"], other.Headers.GetValues("X-Frame-Options"));
            Assert.Equal(["default-src 'none'; frame-ancestors 'none'"], other.Headers.GetValues("Content-Security-Policy"));
        }
    }

    private static async Task<bool> AnswersAsync(HttpClient client, Uri address)
    {
        try
        {
            using var response = await GetAsync(client, address, Domain);
            return true;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static Task<HttpResponseMessage> GetAsync(HttpClient client, Uri address, string host)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, new Uri(address, "/traces?q=1"));
        request.Headers.Host = host;
        return client.SendAsync(request, Token);
    }

    /// <summary>The handshake names the domain, whatever the header <c>Host</c> says.</summary>
    private static async ValueTask<Stream> EncryptAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(context.DnsEndPoint, cancellationToken);
        var stream = new SslStream(
            new NetworkStream(socket, ownsSocket: true),
            leaveInnerStreamOpen: false,
            // Caddy's own authority, which this machine does not know.
            (_, certificate, _, _) => certificate?.Issuer.Contains("Caddy Local Authority", StringComparison.Ordinal) is true);
        await stream.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = Domain }, cancellationToken);
        return stream;
    }

    private async Task<Uri> AddressAsync(int port) =>
        new($"http://{Domain}:{(await DockerEngine.RunAsync("port", _container, $"{port}/tcp")).Split(':')[^1]}");
}
