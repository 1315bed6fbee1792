extern alias web;

using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;

namespace Platform.Tests.Web;

/// <summary>Web on a free port over real HTTP, with the stub of the Api behind it.</summary>
internal sealed partial class WebHost : WebApplicationFactory<web::Program>
{
    private readonly string _environment;
    private readonly Uri _api;

    private WebHost(StubApi api, string environment)
    {
        (Api, _environment, _api) = (api, environment, api.Address);
        UseKestrel();
        StartServer();
    }

    /// <summary>What answers Web's calls.</summary>
    public StubApi Api { get; }

    /// <summary>Where Web listens.</summary>
    public Uri Address => ClientOptions.BaseAddress;

    /// <param name="world">What the Api knows; null for nothing.</param>
    /// <param name="token">The only token that the Api accepts; null accepts everyone.</param>
    /// <param name="environment">In Development local requests need no login.</param>
    public static async Task<WebHost> StartAsync(StubWorld? world = null, string? token = null, string environment = "Development") =>
        new(await StubApi.StartAsync(world, token), environment);

    /// <summary>A browser without pages: keeps cookies, follows no redirect.</summary>
    public HttpClient NewVisitor() =>
        new(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() }) { BaseAddress = Address };

    /// <summary>A page as a newcomer gets it, its entities decoded.</summary>
    public async Task<string> HtmlAsync(string path, CancellationToken cancellationToken)
    {
        using var visitor = NewVisitor();
        return WebUtility.HtmlDecode(await visitor.GetStringAsync(new Uri(path, UriKind.Relative), cancellationToken));
    }

    /// <summary>Fills in the form of a page and sends it.</summary>
    /// <param name="visitor">Who has the page.</param>
    /// <param name="page">The page's address.</param>
    /// <param name="action">Where its form goes.</param>
    /// <param name="fields">What is filled in; what the page's form hides is added.</param>
    public static async Task<HttpResponseMessage> SendFormAsync(
        HttpClient visitor, string page, string action, IReadOnlyDictionary<string, string> fields, CancellationToken cancellationToken)
    {
        var html = await visitor.GetStringAsync(new Uri(page, UriKind.Relative), cancellationToken);
        var form = html[html.IndexOf($"method=\"post\" action=\"{WebUtility.HtmlEncode(action)}\"", StringComparison.Ordinal)..];
        form = form[..form.IndexOf("</form>", StringComparison.Ordinal)];
        var values = Hidden().Matches(form).ToDictionary(match => match.Groups[1].Value, match => WebUtility.HtmlDecode(match.Groups[2].Value));
        foreach (var (name, value) in fields)
        {
            values[name] = value;
        }

        using var content = new FormUrlEncodedContent(values);
        return await visitor.PostAsync(new Uri(action, UriKind.Relative), content, cancellationToken);
    }

    /// <summary>Goes through the login page.</summary>
    public static async Task<HttpResponseMessage> LogInAsync(HttpClient visitor, string token, CancellationToken cancellationToken) =>
        await SendFormAsync(visitor, "/login", "/login", new Dictionary<string, string> { ["Login.Token"] = token }, cancellationToken);

    public override async ValueTask DisposeAsync()
    {
        await Api.DisposeAsync();
        await base.DisposeAsync();
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment(_environment);
        // Not UseKestrel(0): the factory would set that port while the program may already be starting its server.
        builder.UseUrls("http://127.0.0.1:0");
        builder.UseSetting("services:api:http:0", _api.OriginalString);
        builder.UseSetting("Http:Timeout", "00:00:10");
    }

    [GeneratedRegex("""<input type="hidden" name="([^"]+)" value="([^"]*)"[^>]*>""")]
    private static partial Regex Hidden();
}
