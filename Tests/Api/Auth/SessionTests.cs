using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Platform.Contracts;
using Platform.Contracts.Access;

namespace Platform.Tests.Api.Auth;

public sealed class SessionTests(AccessApi api) : IClassFixture<AccessApi>
{
    private const string Sessions = "/api/v1/sessions";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Session_OpenedUsedAndRevoked_IsWorthlessAfterwards()
    {
        var session = await OpenAsync(api.Production);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(api.Production, HttpMethod.Get, "/api/v1/bots", session.Id));
        Assert.InRange(session.ExpiresAt - TimeProvider.System.GetUtcNow(), TimeSpan.FromDays(13), TimeSpan.FromDays(15));

        Assert.Equal(HttpStatusCode.NoContent, await StatusAsync(api.Production, HttpMethod.Delete, Sessions, session.Id));

        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(api.Production, HttpMethod.Get, "/api/v1/bots", session.Id));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(api.Production, HttpMethod.Delete, Sessions, session.Id));
    }

    [Fact]
    public async Task Stream_SessionRevoked_Ends()
    {
        var session = await OpenAsync(api.Production);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/events");
        request.Headers.Add("Authorization", $"Bearer {session.Id}");
        using var response = await api.Production.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Token);
        await using var stream = await response.Content.ReadAsStreamAsync(Token);
        var ended = stream.CopyToAsync(Stream.Null, Token);

        Assert.Equal(HttpStatusCode.NoContent, await StatusAsync(api.Production, HttpMethod.Delete, Sessions, session.Id));

        // At the next heartbeat.
        await ended.WaitAsync(TestPlatform.Patience, Token);
    }

    [Fact]
    public async Task Session_RevokedElsewhere_EndsWithinSeconds()
    {
        var other = await api.StartReadyAsync("Production", new() { ["API_KEY"] = AccessApi.ApiKey });
        var session = await OpenAsync(api.Production);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(other, HttpMethod.Get, "/api/v1/bots", session.Id));

        Assert.Equal(HttpStatusCode.NoContent, await StatusAsync(api.Production, HttpMethod.Delete, Sessions, session.Id));

        await Eventually.TrueAsync(
            async _ => await StatusAsync(other, HttpMethod.Get, "/api/v1/bots", session.Id) is HttpStatusCode.Unauthorized, TestPlatform.Patience, "the other Api has forgotten it");
    }

    [Fact]
    public async Task Session_ItsKeyWasReplaced_Ends()
    {
        var session = await OpenAsync(api.Production);
        var renewed = await api.StartReadyAsync("Production", new() { ["API_KEY"] = "another-key-0123456789abcdef0123456789" });

        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(renewed, HttpMethod.Get, "/api/v1/bots", session.Id));
    }

    [Fact]
    public async Task Open_WithASession_IsRefused()
    {
        var session = await OpenAsync(api.Production);

        Assert.Equal(HttpStatusCode.BadRequest, await StatusAsync(api.Production, HttpMethod.Post, Sessions, session.Id));
    }

    [Fact]
    public async Task Database_AfterASignIn_HoldsNeitherIdNorKey()
    {
        var session = await OpenAsync(api.Production);

        var stored = await api.ScalarAsync<string>("select string_agg(to_jsonb(one)::text, ' ') from sessions one");

        Assert.Contains("api-key", stored, StringComparison.Ordinal);
        Assert.DoesNotContain(session.Id, stored, StringComparison.Ordinal);
        Assert.DoesNotContain(AccessApi.ApiKey, stored, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keys_AHundredWrongOnes_AreSlowedLoggedOnceAndReported()
    {
        const string Wrong = "guess-0123456789abcdef0123456789abcdef";
        var host = await api.StartReadyAsync("Production", new() { ["API_KEY"] = AccessApi.ApiKey, ["Access__FreeAttempts"] = "5" });
        var session = await OpenAsync(host);

        List<HttpStatusCode> statuses = [];
        for (var attempt = 0; attempt < 100; attempt++)
        {
            statuses.Add(await StatusAsync(host, HttpMethod.Get, "/api/v1/bots", $"{Wrong}{attempt}"));
        }

        Assert.All(statuses[..6], status => Assert.Equal(HttpStatusCode.Unauthorized, status));
        Assert.True(statuses.Count(status => status is HttpStatusCode.TooManyRequests) > 50, string.Join(' ', statuses));
        await Eventually.TrueAsync(
            async _ =>
            {
                using var guess = await SendAsync(host, HttpMethod.Get, "/api/v1/bots", Wrong);
                return guess.Headers.RetryAfter?.Delta > TimeSpan.FromSeconds(7);
            },
            TestPlatform.Patience,
            "the address has to wait for several seconds");
        using var refused = await SendAsync(host, HttpMethod.Get, "/api/v1/bots", AccessApi.ApiKey);
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.InRange(refused.Headers.RetryAfter?.Delta ?? default, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(5));
        Assert.Equal("/problems/too-many-wrong-keys", JsonElement.Parse(await refused.Content.ReadAsStringAsync(Token)).GetProperty("type").GetString());
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(host, HttpMethod.Get, "/api/v1/bots", session.Id));
        var lines = host.Log.Split('\n').Where(line => line.Contains("Wrong key from 127.0.0.1", StringComparison.Ordinal)).ToList();
        Assert.InRange(lines.Count, 1, 10);
        Assert.All(lines, line => Assert.Contains("\"level\":\"warn\"", line, StringComparison.Ordinal));
        Assert.DoesNotContain("was not authenticated", host.Log, StringComparison.Ordinal);
        Assert.DoesNotContain(Wrong, host.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_ShortKeyInProduction_EndsAndSaysHowLongItMustBe()
    {
        const string Short = "only-twenty-one-chars";
        await using var host = await api.StartAsync("Production", new() { ["API_KEY"] = Short });

        Assert.NotEqual(0, await host.WaitForExitAsync(Token));
        Assert.Contains("API_KEY has 21 characters; in Production it needs at least 32", host.Log, StringComparison.Ordinal);
        Assert.DoesNotContain(Short, host.Log, StringComparison.Ordinal);
    }

    private static async Task<SessionResponse> OpenAsync(HostProcess host)
    {
        using var response = await SendAsync(host, HttpMethod.Post, Sessions, AccessApi.ApiKey);
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        return await response.Content.ReadFromJsonAsync<SessionResponse>(WireJson.Options, Token) ?? throw new InvalidOperationException("The answer is empty.");
    }

    private static async Task<HttpStatusCode> StatusAsync(HostProcess host, HttpMethod method, string path, string credential)
    {
        using var response = await SendAsync(host, method, path, credential);
        return response.StatusCode;
    }

    private static Task<HttpResponseMessage> SendAsync(HostProcess host, HttpMethod method, string path, string credential)
    {
        var request = new HttpRequestMessage(method, path);
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {credential}");
        return host.Client.SendAsync(request, Token);
    }
}
