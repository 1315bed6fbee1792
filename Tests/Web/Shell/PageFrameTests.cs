using System.Net;

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
    [InlineData("/problems/database-unavailable", "The database is away")]
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

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Contains("data-error=\"404\"", await response.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
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
