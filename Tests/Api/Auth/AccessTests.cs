using System.Net;
using System.Text.Json;

namespace Platform.Tests.Api.Auth;

public sealed class AccessTests(AccessApi api) : IClassFixture<AccessApi>
{
    private const string Guarded = "/api/v1/bots";
    private const string WrongKey = "wrong-key-0123456789abcdef0123456789";

    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(30);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Start_ProductionWithoutKey_EndsAndNamesTheSetting()
    {
        await using var host = await api.StartAsync("Production", []);

        var code = await host.WaitForExitAsync(Token).WaitAsync(StartPatience, Token);

        Assert.NotEqual(0, code);
        Assert.Contains("API_KEY", host.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_JwtSecretOf31Characters_EndsAndNamesTheSettingNotItsValue()
    {
        var secret = new string('s', 31);
        await using var host = await api.StartAsync("Production", new() { ["API_KEY"] = AccessApi.ApiKey, ["JWT_SECRET"] = secret });

        var code = await host.WaitForExitAsync(Token).WaitAsync(StartPatience, Token);

        Assert.NotEqual(0, code);
        Assert.Contains("JWT_SECRET has 31 characters", host.Log, StringComparison.Ordinal);
        Assert.DoesNotContain(secret, host.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_KeyFromFile_LetsThatKeyIn()
    {
        const string Key = "key-from-a-file-0123456789abcdef0123";
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, Key + "\n", Token);
            var host = await api.StartReadyAsync("Production", new() { ["API_KEY_FILE"] = file, ["JWT_SECRET"] = new string('s', 32) });

            Assert.Equal(HttpStatusCode.OK, await StatusAsync(host, "X-API-Key", Key));
            Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(host, "X-API-Key", file));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Theory]
    [InlineData("Authorization", "Bearer " + AccessApi.ApiKey)]
    [InlineData("Authorization", "bearer " + AccessApi.ApiKey)]
    [InlineData("Authorization", AccessApi.ApiKey)]
    [InlineData("X-API-Key", AccessApi.ApiKey)]
    [InlineData("Authorization", "Bearer " + AccessApi.AuthToken)]
    [InlineData("Authorization", AccessApi.AuthToken)]
    [InlineData("X-API-Key", AccessApi.AuthToken)]
    public async Task Request_ProductionWithKey_IsServed(string header, string value) =>
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(api.Production, header, value));

    [Theory]
    [InlineData("Authorization", "Bearer " + WrongKey)]
    [InlineData("Authorization", WrongKey)]
    [InlineData("Authorization", "Bearer " + AccessApi.ApiKey + "x")]
    [InlineData("Authorization", "Basic " + AccessApi.ApiKey)]
    [InlineData("X-API-Key", WrongKey)]
    public async Task Request_WrongKey_IsRefusedInEveryEnvironment(string header, string value)
    {
        await AssertRefusedAsync(api.Production, (header, value));
        await AssertRefusedAsync(api.Development, (header, value));
    }

    [Fact]
    public async Task Request_ProductionWithoutKey_IsRefused() => await AssertRefusedAsync(api.Production);

    [Fact]
    public async Task Request_DevelopmentOnLoopback_IsServedWithoutKey() =>
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(api.Development, "User-Agent", "curl"));

    [Theory]
    [InlineData("X-Forwarded-For", "127.0.0.1")]
    [InlineData("X-Forwarded-For", "203.0.113.9")]
    [InlineData("X-Forwarded-Host", "localhost")]
    [InlineData("X-Forwarded-Proto", "https")]
    [InlineData("Forwarded", "for=127.0.0.1")]
    [InlineData("X-Real-IP", "127.0.0.1")]
    [InlineData("Via", "1.1 tunnel")]
    [InlineData("CF-Connecting-IP", "127.0.0.1")]
    [InlineData("Host", "evil.example")]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Origin", "null")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    public async Task Request_DevelopmentFromElsewhere_NeedsTheKey(string header, string value)
    {
        await AssertRefusedAsync(api.Development, (header, value));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(api.Development, (header, value), ("X-API-Key", AccessApi.ApiKey)));
    }

    [Fact]
    public async Task Request_DevelopmentThatTrustsForwardedHeaders_NeedsTheKeyForForwardedRequests()
    {
        // The framework's own middleware would take X-Forwarded-For as the peer and hide that the request was forwarded.
        var host = await api.StartReadyAsync(
            "Development", new() { ["API_KEY"] = AccessApi.ApiKey, ["ASPNETCORE_FORWARDEDHEADERS_ENABLED"] = "true" });

        foreach (var value in (string[])["127.0.0.1", "::1", "203.0.113.9", "203.0.113.9, 127.0.0.1"])
        {
            await AssertRefusedAsync(host, ("X-Forwarded-For", value));
            await AssertRefusedAsync(host, ("X-Forwarded-For", value), ("X-Forwarded-Proto", "http"));
        }

        await AssertRefusedAsync(host, ("X-Forwarded-Proto", "http"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(host, "User-Agent", "curl"));
    }

    [Theory]
    [InlineData("/alive")]
    [InlineData("/healthz")]
    [InlineData("/health")]
    [InlineData("/api/v1/health")]
    [InlineData("/ready")]
    [InlineData("/readyz")]
    [InlineData("/version")]
    public async Task Probe_ProductionWithoutKey_IsServed(string path)
    {
        using var response = await api.Production.Client.GetAsync(new Uri(path, UriKind.Relative), Token);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Theory]
    [InlineData(null, HttpStatusCode.Unauthorized)]
    [InlineData(WrongKey, HttpStatusCode.Unauthorized)]
    [InlineData(AccessApi.ApiKey, HttpStatusCode.OK)]
    public async Task Metrics_FromElsewhere_NeedAKey(string? key, HttpStatusCode status) => Assert.Equal(
        status,
        await MetricsStatusAsync(api.Production, key));

    [Fact]
    public async Task Log_AfterGoodAndBadKeys_HoldsNone()
    {
        await StatusAsync(api.Production, "X-API-Key", AccessApi.ApiKey);
        await StatusAsync(api.Production, "Authorization", "Bearer " + AccessApi.AuthToken);
        await StatusAsync(api.Production, "Authorization", WrongKey);

        foreach (var host in (HostProcess[])[api.Production, api.Development])
        {
            Assert.NotEmpty(host.Log);
            Assert.DoesNotContain(AccessApi.ApiKey, host.Log, StringComparison.Ordinal);
            Assert.DoesNotContain(AccessApi.AuthToken, host.Log, StringComparison.Ordinal);
            Assert.DoesNotContain(WrongKey, host.Log, StringComparison.Ordinal);
        }
    }

    private static Task<HttpStatusCode> StatusAsync(HostProcess host, string header, string value) => StatusAsync(host, (header, value));

    private static async Task<HttpStatusCode> StatusAsync(HostProcess host, params (string Header, string Value)[] headers)
    {
        using var response = await SendAsync(host, headers);
        return response.StatusCode;
    }

    private static async Task<HttpStatusCode> MetricsStatusAsync(HostProcess host, string? key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/metrics");
        request.Headers.Add("X-Forwarded-For", "203.0.113.9");
        if (key is not null)
        {
            request.Headers.Add("X-API-Key", key);
        }

        using var response = await host.Client.SendAsync(request, Token);
        return response.StatusCode;
    }

    private static async Task AssertRefusedAsync(HostProcess host, params (string Header, string Value)[] headers)
    {
        using var response = await SendAsync(host, headers);
        var body = await response.Content.ReadAsStringAsync(Token);

        Assert.True(response.StatusCode == HttpStatusCode.Unauthorized, $"{string.Join(", ", headers)}: {response.StatusCode} {body}");
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.Contains(response.Headers.WwwAuthenticate, challenge => challenge.Scheme == "Bearer");
        Assert.Equal("/problems/unauthorized", JsonElement.Parse(body).GetProperty("type").GetString());
        Assert.All(headers, header => Assert.DoesNotContain(AccessApi.ApiKey, body, StringComparison.Ordinal));
    }

    private static async Task<HttpResponseMessage> SendAsync(HostProcess host, params (string Header, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Guarded);
        foreach (var (header, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(header, value);
        }

        return await host.Client.SendAsync(request, Token);
    }
}
