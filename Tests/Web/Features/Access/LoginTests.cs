using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Platform.Tests.Web.Features.Access;

public sealed class LoginTests
{
    private const string Token = "the-right-token";

    /// <summary>A wrong key, one that no header can carry, and one longer than any key.</summary>
    public static TheoryData<string> WrongTokens => ["wrong", "with space", new string('0', 513)];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Page_WithoutLogin_LeadsToLoginAndBack()
    {
        await using var web = await WebHost.StartAsync(token: Token, environment: "Production");
        using var visitor = web.NewVisitor();

        using var response = await visitor.GetAsync(new Uri("/traces?bot=ada", UriKind.Relative), Cancellation);

        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        Assert.Equal("/login?return=%2Ftraces%3Fbot%3Dada", response.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task Page_LocalDevelopment_NeedsNoLogin()
    {
        await using var web = await WebHost.StartAsync();
        using var visitor = web.NewVisitor();

        using var response = await visitor.GetAsync(new Uri("/", UriKind.Relative), Cancellation);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Theory]
    [InlineData("X-Forwarded-For", "127.0.0.1")]
    [InlineData("Host", "platform.example.org")]
    [InlineData("Origin", "https://elsewhere.example")]
    public async Task Page_DevelopmentButNotLocal_LeadsToLogin(string header, string value)
    {
        await using var web = await WebHost.StartAsync();
        using var visitor = web.NewVisitor();
        visitor.DefaultRequestHeaders.Add(header, value);

        using var response = await visitor.GetAsync(new Uri("/", UriKind.Relative), Cancellation);

        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
    }

    [Fact]
    public async Task Page_LinkOnAnotherSite_IsAskedForAgainFromHere()
    {
        await using var web = await WebHost.StartAsync(token: Token, environment: "Production");
        using var visitor = web.NewVisitor();
        visitor.DefaultRequestHeaders.Add("Sec-Fetch-Site", "cross-site");
        visitor.DefaultRequestHeaders.Add("Sec-Fetch-Mode", "navigate");

        var html = await visitor.GetStringAsync(new Uri("/traces", UriKind.Relative), Cancellation);

        Assert.Contains("http-equiv=\"refresh\"", html, StringComparison.Ordinal);
        Assert.Empty(web.Api.Requests);
    }

    [Fact]
    public async Task LogIn_RightKey_SetsAStrictCookieAndPagesUseTheSession()
    {
        await using var web = await WebHost.StartAsync(token: Token, environment: "Production");
        using var visitor = web.NewVisitor();

        using var login = await WebHost.LogInAsync(visitor, Token, Cancellation);
        using var page = await visitor.GetAsync(new Uri("/", UriKind.Relative), Cancellation);

        var cookie = Assert.Single(login.Headers.GetValues("Set-Cookie"), cookie => cookie.StartsWith("platform=", StringComparison.Ordinal));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(Token, cookie, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Equal($"Bearer {Assert.Single(web.Api.Sessions).Key}", web.Api.Requests.Last().Headers["Authorization"]);
    }

    [Theory]
    [MemberData(nameof(WrongTokens))]
    public async Task LogIn_WrongToken_SaysSoAndSetsNoCookie(string token)
    {
        await using var web = await WebHost.StartAsync(token: Token, environment: "Production");
        using var visitor = web.NewVisitor();

        using var response = await WebHost.LogInAsync(visitor, token, Cancellation);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode);
        Assert.Contains("role=\"alert\"", await response.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        Assert.False(response.Headers.TryGetValues("Set-Cookie", out var cookies) && cookies.Any(cookie => cookie.StartsWith("platform=", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("/traces/t1", "/traces/t1")]
    [InlineData("https://elsewhere.example", "/")]
    [InlineData("//elsewhere.example", "/")]
    public async Task LogIn_WithReturn_LeadsOnlyToLocalPaths(string target, string expected)
    {
        await using var web = await WebHost.StartAsync(token: Token, environment: "Production");
        using var visitor = web.NewVisitor();
        var page = $"/login?return={Uri.EscapeDataString(target)}";
        var action = expected is "/" ? "/login" : page;

        using var response = await WebHost.SendFormAsync(visitor, page, action, new Dictionary<string, string> { ["Login.Token"] = Token }, Cancellation);

        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        Assert.Equal(new Uri(web.Address, expected), new Uri(web.Address, response.Headers.Location?.OriginalString));
    }

    [Fact]
    public async Task Page_TokenNoLongerAccepted_LeadsToLogin()
    {
        await using var web = await WebHost.StartAsync(token: Token, environment: "Production");
        using var visitor = web.NewVisitor();
        using var login = await WebHost.LogInAsync(visitor, Token, Cancellation);
        web.Api.Token = "a-newer-token";

        using var response = await visitor.GetAsync(new Uri("/bots", UriKind.Relative), Cancellation);

        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        Assert.Contains("/login?return=%2Fbots", response.Headers.Location?.OriginalString, StringComparison.Ordinal);
    }

    [Fact]
    public async Task LogOut_Form_EndsTheLogin()
    {
        await using var web = await WebHost.StartAsync(token: Token, environment: "Production");
        using var visitor = web.NewVisitor();
        using var login = await WebHost.LogInAsync(visitor, Token, Cancellation);

        using var logout = await WebHost.SendFormAsync(visitor, "/", "/logout", new Dictionary<string, string>(), Cancellation);
        using var page = await visitor.GetAsync(new Uri("/", UriKind.Relative), Cancellation);

        Assert.Equal(HttpStatusCode.Redirect, logout.StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, page.StatusCode);
    }

    [Fact]
    public async Task LogOut_CopiedCookie_IsWorthless()
    {
        await using var web = await WebHost.StartAsync(token: Token, environment: "Production");
        using var visitor = web.NewVisitor();
        using var login = await WebHost.LogInAsync(visitor, Token, Cancellation);
        var copied = Assert.Single(login.Headers.GetValues("Set-Cookie"), cookie => cookie.StartsWith("platform=", StringComparison.Ordinal)).Split(';')[0];

        using var logout = await WebHost.SendFormAsync(visitor, "/", "/logout", new Dictionary<string, string>(), Cancellation);

        Assert.Empty(web.Api.Sessions);
        using var thief = web.NewVisitor();
        thief.DefaultRequestHeaders.Add("Cookie", copied);
        using var page = await thief.GetAsync(new Uri("/", UriKind.Relative), Cancellation);
        Assert.StartsWith("/login", page.Headers.Location?.OriginalString, StringComparison.Ordinal);
        using var forwarded = await thief.GetAsync(new Uri("/api/v1/bots", UriKind.Relative), Cancellation);
        Assert.Equal(HttpStatusCode.Unauthorized, forwarded.StatusCode);
    }

    [Fact]
    public async Task LogIn_AddressThatHasToWait_SaysHowLong()
    {
        await using var web = await WebHost.StartAsync(token: Token, environment: "Production");
        web.Api.Refusal = Results.Problem("Your address sent too many wrong API keys in a row. Wait 8 s, then send the right one.", statusCode: 429);
        using var visitor = web.NewVisitor();

        using var response = await WebHost.LogInAsync(visitor, Token, Cancellation);

        Assert.Contains("Wait 8 s", await response.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        Assert.Equal("127.0.0.1", web.Api.Requests.Last().Headers["X-Forwarded-For"]);
    }

    /// <summary>All users share one circuit to the Api: somebody who guesses must not open it for the others.</summary>
    [Theory]
    [InlineData(429)]
    [InlineData(500)]
    public async Task Page_ManyRefusedSignIns_IsStillServed(int status)
    {
        await using var web = await WebHost.StartAsync(token: Token, environment: "Production");
        using var user = web.NewVisitor();
        using var login = await WebHost.LogInAsync(user, Token, Cancellation);
        using var guesser = web.NewVisitor();
        web.Api.Refusal = Results.Problem("Wait.", statusCode: status);
        for (var guess = 0; guess < 150; guess++)
        {
            using var refused = await WebHost.LogInAsync(guesser, "wrong", Cancellation);
        }

        Assert.InRange(web.Api.Requests.Count, 150, int.MaxValue);
        web.Api.Refusal = null;

        using var page = await user.GetAsync(new Uri("/bots", UriKind.Relative), Cancellation);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
    }

    [Theory]
    [InlineData("xn--")]
    [InlineData("a..b")]
    [InlineData("-")]
    [InlineData("")]
    public async Task Page_HostThatIsNone_IsABadRequest(string host)
    {
        await using var web = await WebHost.StartAsync(token: Token, environment: "Production");

        Assert.StartsWith("HTTP/1.1 400", await RawAsync(web.Address, $"GET /traces HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task LogIn_AnyHost_RedirectsToAPathOnly()
    {
        await using var web = await WebHost.StartAsync(token: Token, environment: "Production");
        using var visitor = web.NewVisitor();
        visitor.DefaultRequestHeaders.Host = "elsewhere.example";

        using var login = await WebHost.LogInAsync(visitor, Token, Cancellation);

        Assert.Equal("/", login.Headers.Location?.OriginalString);
    }

    private static async Task<string> RawAsync(Uri address, string request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port, Cancellation);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(request), Cancellation);
        using var reader = new StreamReader(client.GetStream());
        return await reader.ReadToEndAsync(Cancellation);
    }

    [Theory]
    [InlineData("/logout")]
    [InlineData("/theme")]
    [InlineData("/chat")]
    public async Task Post_WithoutTheFormsToken_IsRefused(string path)
    {
        await using var web = await WebHost.StartAsync();
        using var visitor = web.NewVisitor();
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["theme"] = "dark", ["_handler"] = "start" });

        using var response = await visitor.PostAsync(new Uri(path, UriKind.Relative), form, Cancellation);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }
}
