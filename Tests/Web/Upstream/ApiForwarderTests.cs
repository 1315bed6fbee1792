using System.Net;
using System.Text.Json;
using Platform.Contracts.Conversations;

namespace Platform.Tests.Web.Upstream;

public sealed class ApiForwarderTests
{
    private const string Token = "the-right-token";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Request_WithoutLogin_Is401InJson()
    {
        await using var web = await WebHost.StartAsync(environment: "Production");
        using var visitor = web.NewVisitor();

        using var response = await visitor.GetAsync(new Uri("/api/v1/bots", UriKind.Relative), Cancellation);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.Empty(web.Api.Requests);
    }

    [Fact]
    public async Task Request_OfATraceViewerWithoutToken_Is401AsThatViewerKnowsIt()
    {
        await using var web = await WebHost.StartAsync(environment: "Production");
        using var visitor = web.NewVisitor();

        using var response = await visitor.GetAsync(new Uri("/api/traces?limit=5", UriKind.Relative), Cancellation);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal("""{"error":"Unauthorized"}""", await response.Content.ReadAsStringAsync(Cancellation));
    }

    [Fact]
    public async Task Request_WithLogin_CarriesTheSessionAndLeavesTheBrowserBehind()
    {
        await using var web = await WebHost.StartAsync(token: Token, environment: "Production");
        using var visitor = web.NewVisitor();
        using var login = await WebHost.LogInAsync(visitor, Token, Cancellation);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/bots?x=1");
        request.Headers.Add("Origin", web.Address.GetLeftPart(UriPartial.Authority));
        request.Headers.Add("Sec-Fetch-Site", "same-origin");
        request.Headers.Add("X-Forwarded-For", "203.0.113.9");
        request.Headers.Add("X-Correlation-ID", "kept");

        using var response = await visitor.SendAsync(request, Cancellation);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var received = web.Api.Requests.Last();
        Assert.Equal("/api/v1/bots?x=1", received.Target);
        Assert.Equal($"Bearer {Assert.Single(web.Api.Sessions).Key}", received.Headers["Authorization"]);
        Assert.Equal("kept", received.Headers["X-Correlation-ID"]);
        Assert.DoesNotContain(received.Headers.Keys, name => name is "Cookie" or "Origin" or "X-Forwarded-For" or "Sec-Fetch-Site");
        Assert.Equal(web.Api.Address.Authority, received.Headers["Host"]);
    }

    [Theory]
    [InlineData("/api/%252e%252e/metrics")]
    [InlineData("/api/v1/%252E%252e/.%252e/metrics")]
    [InlineData("/api/%252e%252e/%252e%252e/openapi/v1.json")]
    public async Task Request_PathThatLeadsOutOfApi_IsRefused(string path)
    {
        await using var web = await WebHost.StartAsync(environment: "Production");
        using var visitor = web.NewVisitor();
        visitor.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", "anything");

        using var response = await visitor.GetAsync(new Uri(path, UriKind.Relative), Cancellation);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Empty(web.Api.Requests);
    }

    [Theory]
    [InlineData("Origin", "https://elsewhere.example")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    public async Task Request_LoginUsedByAnotherSite_Is403(string header, string value)
    {
        await using var web = await WebHost.StartAsync(token: Token, environment: "Production");
        using var visitor = web.NewVisitor();
        using var login = await WebHost.LogInAsync(visitor, Token, Cancellation);
        var before = web.Api.Requests.Count;
        visitor.DefaultRequestHeaders.Add(header, value);

        using var response = await visitor.GetAsync(new Uri("/api/v1/bots", UriKind.Relative), Cancellation);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Equal(before, web.Api.Requests.Count);
    }

    [Fact]
    public async Task Request_WithItsOwnCredential_PassesMarkedAsForwarded()
    {
        await using var web = await WebHost.StartAsync(token: Token, environment: "Production");
        using var visitor = web.NewVisitor();
        visitor.DefaultRequestHeaders.Add("Authorization", $"Bearer {Token}");

        using var response = await visitor.GetAsync(new Uri("/api/v1/bots", UriKind.Relative), Cancellation);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("127.0.0.1", web.Api.Requests.Last().Headers["X-Forwarded-For"]);
    }

    [Fact]
    public async Task Stream_EventsPublishedOneByOne_ArriveOneByOne()
    {
        await using var web = await WebHost.StartAsync();
        using var visitor = web.NewVisitor();
        using var response = await visitor.GetAsync(
            new Uri("/api/v1/conversations/c1/stream?after_sequence=3", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, Cancellation);
        await using var events = SseReader.ReadAsync(response, Cancellation).GetAsyncEnumerator(Cancellation);

        Assert.True(await events.MoveNextAsync());
        Assert.Equal(StreamEvents.Connected, events.Current.Event);
        for (var index = 0; index < 3; index++)
        {
            web.Api.Publish("c1", StreamEvents.Token, new TokenEvent("x", index, "a1"));
            Assert.True(await events.MoveNextAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(5), Cancellation));
            Assert.Equal(index, JsonDocument.Parse(events.Current.Data).RootElement.GetProperty("index").GetInt32());
        }

        Assert.Equal("no", Assert.Single(response.Headers.GetValues("X-Accel-Buffering")));
    }

    [Fact]
    public async Task Request_FortyMegabytes_ArriveWhole()
    {
        await using var web = await WebHost.StartAsync();
        using var visitor = web.NewVisitor();
        using var body = new ByteArrayContent(new byte[40_000_000]);

        using var response = await visitor.PostAsync(new Uri("/api/v1/echo", UriKind.Relative), body, Cancellation);

        Assert.Equal("40000000", await response.Content.ReadAsStringAsync(Cancellation));
    }

    [Fact]
    public async Task Request_ApiGone_Is502InJson()
    {
        await using var web = await WebHost.StartAsync();
        using var visitor = web.NewVisitor();
        await web.Api.DisposeAsync();

        using var response = await visitor.GetAsync(new Uri("/api/v1/bots", UriKind.Relative), Cancellation);

        Assert.Equal(HttpStatusCode.BadGateway, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task Answer_CutOffByTheApi_IsCutOffForTheClientToo()
    {
        await using var web = await WebHost.StartAsync();
        using var visitor = web.NewVisitor();
        using var response = await visitor.GetAsync(new Uri("/api/v1/cut", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, Cancellation);

        web.Api.Cut.SetResult();

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => response.Content.ReadAsByteArrayAsync(Cancellation));
    }

    [Fact]
    public async Task Ready_ApiGone_Is503()
    {
        await using var web = await WebHost.StartAsync();
        using var visitor = web.NewVisitor();
        await web.Api.DisposeAsync();

        await Eventually.TrueAsync(
            async cancellation => (await visitor.GetAsync(new Uri("/ready", UriKind.Relative), cancellation)).StatusCode is HttpStatusCode.ServiceUnavailable,
            TimeSpan.FromSeconds(10),
            "without the Api, Web is not ready");
    }
}
