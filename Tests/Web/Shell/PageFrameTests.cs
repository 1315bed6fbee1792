using System.Net;
using System.Text.Json;
using Platform.Tests.Web.Features.Traces;

namespace Platform.Tests.Web.Shell;

public sealed class PageFrameTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/")]
    [InlineData("/login")]
    [InlineData("/nowhere")]
    [InlineData("/tokens.css")]
    [InlineData("/api/v1/bots")]
    public async Task Answer_Any_CarriesTheSecurityHeaders(string path)
    {
        await using var web = await WebHost.StartAsync();
        using var visitor = web.NewVisitor();

        using var response = await visitor.GetAsync(new Uri(path, UriKind.Relative), Cancellation);

        var policy = Assert.Single(response.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
    }

    [Theory]
    [InlineData("/", HttpStatusCode.OK)]
    [InlineData("/login", HttpStatusCode.OK)]
    [InlineData("/tokens.css", HttpStatusCode.OK)]
    [InlineData("/nowhere", HttpStatusCode.NotFound)]
    public async Task Head_Page_AnswersLikeGetWithoutABody(string path, HttpStatusCode status)
    {
        await using var web = await WebHost.StartAsync();
        using var visitor = web.NewVisitor();
        using var request = new HttpRequestMessage(HttpMethod.Head, path);

        using var response = await visitor.SendAsync(request, Cancellation);

        Assert.Equal(status, response.StatusCode);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync(Cancellation));
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/traces")]
    [InlineData("/chat/c1")]
    public async Task Page_ApiGone_SaysSoWithoutAStackTrace(string path)
    {
        await using var web = await WebHost.StartAsync();
        using var visitor = web.NewVisitor();
        await web.Api.DisposeAsync();

        using var response = await visitor.GetAsync(new Uri(path, UriKind.Relative), Cancellation);
        var html = await response.Content.ReadAsStringAsync(Cancellation);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Contains("data-error=\"503\"", html, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", html, StringComparison.Ordinal);
        Assert.Contains("tokens.", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/problems/database-unavailable", "The database is unavailable")]
    [InlineData("/problems/disk-full", "Not now")]
    public async Task Page_ApiSaysWhatIsMissing_SaysSoWithoutAskingAgain(string type, string heading)
    {
        await using var web = await WebHost.StartAsync();
        using var visitor = web.NewVisitor();
        web.Api.Problem = type;

        using var response = await visitor.GetAsync(new Uri("/bots", UriKind.Relative), Cancellation);
        var html = await response.Content.ReadAsStringAsync(Cancellation);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Contains($"<h1>{heading}</h1>", html, StringComparison.Ordinal);
        Assert.Single(web.Api.Requests, request => request.Target.StartsWith("/api/v1/bots", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Page_UnknownAddress_Is404WithAWayBack()
    {
        await using var web = await WebHost.StartAsync();
        using var visitor = web.NewVisitor();

        using var response = await visitor.GetAsync(new Uri("/nowhere", UriKind.Relative), Cancellation);

        var html = await response.Content.ReadAsStringAsync(Cancellation);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Contains("data-error=\"404\"", html, StringComparison.Ordinal);
        Assert.DoesNotContain(">Reload<", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_UnreadableNumberInTheAddress_IsShownAsWithoutIt()
    {
        var world = new StubWorld { Diff = new(StubWorld.Summary("t1"), StubWorld.Summary("t2"), [], []) };
        world.Traces.Add(SampleTraces.Detail("t1", JsonDocument.Parse("{}").RootElement));
        await using var web = await WebHost.StartAsync(world);
        using var visitor = web.NewVisitor();

        foreach (var path in (string[])["/chat?from=abc", "/chat?from=99999999999999", "/traces/t1?from=abc", "/traces/compare?a=t1&b=t2&context=abc"])
        {
            using var response = await visitor.GetAsync(new Uri(path, UriKind.Relative), Cancellation);

            Assert.True(response.IsSuccessStatusCode, $"{path}: {response.StatusCode}");
        }

        Assert.Contains(web.Api.Requests, request => request.Target.EndsWith("&offset=0", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("/queue", "href=\"/queue\"")]
    [InlineData("/chat", "href=\"/chat\"")]
    [InlineData("/theme", "href=\"/\"")]
    public async Task Form_WithoutToken_ShowsAPageWithTheRemedy(string path, string link)
    {
        await using var web = await WebHost.StartAsync();
        using var visitor = web.NewVisitor();
        using var content = new FormUrlEncodedContent([new("theme", "dark")]);

        using var response = await visitor.PostAsync(new Uri(path, UriKind.Relative), content, Cancellation);
        var html = await response.Content.ReadAsStringAsync(Cancellation);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("The form was not accepted", html, StringComparison.Ordinal);
        Assert.Contains("class=\"actions\"", html, StringComparison.Ordinal);
        Assert.Contains(link, html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Theme_Chosen_IsInTheNextPage()
    {
        await using var web = await WebHost.StartAsync();
        using var visitor = web.NewVisitor();

        using var chosen = await WebHost.SendFormAsync(
            visitor, "/bots", "/theme", new Dictionary<string, string> { ["theme"] = "dark" }, Cancellation);
        var html = await visitor.GetStringAsync(new Uri("/", UriKind.Relative), Cancellation);

        Assert.Equal("/bots", chosen.Headers.Location?.OriginalString);
        Assert.Contains("data-theme=\"dark\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StaticAssets_WithoutLogin_AreOpen()
    {
        await using var web = await WebHost.StartAsync(environment: "Development");
        using var visitor = web.NewVisitor();
        visitor.DefaultRequestHeaders.Add("X-Forwarded-For", "203.0.113.9");

        using var style = await visitor.GetAsync(new Uri("/tokens.css", UriKind.Relative), Cancellation);
        using var script = await visitor.GetAsync(new Uri("/js/chat.js", UriKind.Relative), Cancellation);

        Assert.Equal(HttpStatusCode.OK, style.StatusCode);
        Assert.Equal(HttpStatusCode.OK, script.StatusCode);
    }
}
