using System.Net;
using Microsoft.AspNetCore.Http;
using Platform.Contracts.Traces.Imports;

namespace Platform.Tests.Web.Features.Traces.Imports;

public sealed class ImportPageTests
{
    private const string Upload = "/traces/import/upload";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Page_RunningImport_ShowsBarRateAndTimeLeftAndRefreshesWithoutScript()
    {
        var html = await HtmlAsync(Run("a", "running", found: 400, total: 1000) with { TracesPerSecond = 200, SecondsLeft = 3 });

        Assert.Contains("400 of 1,000 trace files read", html, StringComparison.Ordinal);
        Assert.Contains(", 200 traces/s, 3.0\u00a0s left", html, StringComparison.Ordinal);
        Assert.Contains("<meta http-equiv=\"refresh\" content=\"3\"", html, StringComparison.Ordinal);
        Assert.Contains("data-refresh-every=\"1000\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_FinishedImports_ShowCountsAndProblemsOfFiles()
    {
        var html = await HtmlAsync(
            Run("a", "completed", found: 5, total: 5) with { TracesFailed = 1, Problems = [new ImportProblem("traces/Heron/<cut>.json", "It is not JSON.")] },
            Run("b", "running", found: 7, total: null) with { Kind = "watch", Source = "production/logs" });

        Assert.Contains("traces/Heron/<cut>.json", html, StringComparison.Ordinal);
        Assert.Contains("It is not JSON.", html, StringComparison.Ordinal);
        Assert.Contains("production/logs", html, StringComparison.Ordinal);
        Assert.Contains("watched folder", html, StringComparison.Ordinal);
        Assert.DoesNotContain("http-equiv", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_NothingYet_ShowsTheEmptyState() => Assert.Contains("data-empty=\"none\"", await HtmlAsync(), StringComparison.Ordinal);

    [Fact]
    public async Task Upload_Zip_GoesToTheApiAndBackToThePage()
    {
        await using var web = await WebHost.StartAsync();
        using var visitor = web.NewVisitor();
        using var form = Form();

        using var response = await visitor.PostAsync(new Uri(Upload, UriKind.Relative), form, Token);

        Assert.Equal(HttpStatusCode.Found, response.StatusCode);
        Assert.Equal("/traces/import?run=run-of-logs.zip", response.Headers.Location?.OriginalString);
        Assert.Contains(web.Api.Requests, request => request is { Method: "POST", Target: "/api/v1/traces/import?wait=false" });
    }

    [Fact]
    public async Task Upload_RefusedByTheApi_SaysWhyInWordsOfThePage()
    {
        await using var web = await WebHost.StartAsync();
        using var visitor = web.NewVisitor();
        using var form = new MultipartFormDataContent { { new StringContent("x"), "other" } };

        using var response = await visitor.PostAsync(new Uri(Upload, UriKind.Relative), form, Token);

        Assert.Equal("/traces/import?problem=not-a-zip", response.Headers.Location?.OriginalString);
        Assert.Contains("data-problem=\"not-a-zip\"", await web.HtmlAsync("/traces/import?problem=not-a-zip", Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Upload_ProblemWithoutATextOfThePage_ShowsTheApisOwn()
    {
        await using var web = await WebHost.StartAsync(new StubWorld
        {
            ImportProblem = Results.Problem("An import of this archive is running.", statusCode: 409, title: "Already running", type: "/problems/already-running"),
        });
        using var visitor = web.NewVisitor();
        using var form = Form();

        using var response = await visitor.PostAsync(new Uri(Upload, UriKind.Relative), form, Token);
        var html = await response.Content.ReadAsStringAsync(Token);

        Assert.Equal(HttpStatusCode.Conflict, response.StatusCode);
        Assert.Contains("Already running", html, StringComparison.Ordinal);
        Assert.Contains("An import of this archive is running.", html, StringComparison.Ordinal);
        Assert.Contains("href=\"/traces/import\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Upload_FromAnotherSite_IsNotTaken()
    {
        await using var web = await WebHost.StartAsync();
        using var visitor = web.NewVisitor();
        using var request = new HttpRequestMessage(HttpMethod.Post, Upload) { Content = Form() };
        request.Headers.Add("Sec-Fetch-Site", "cross-site");

        using var response = await visitor.SendAsync(request, Token);

        Assert.False(response.IsSuccessStatusCode);
        Assert.DoesNotContain(web.Api.Requests, received => received.Method == "POST");
    }

    [Fact]
    public async Task Upload_WithoutLogin_GoesToTheLoginPage()
    {
        await using var web = await WebHost.StartAsync(token: "secret", environment: "Production");
        using var visitor = web.NewVisitor();
        using var form = Form();

        using var response = await visitor.PostAsync(new Uri(Upload, UriKind.Relative), form, Token);

        Assert.Equal(HttpStatusCode.Found, response.StatusCode);
        Assert.Contains("/login", response.Headers.Location?.OriginalString, StringComparison.Ordinal);
        Assert.Empty(web.Api.Requests);
    }

    private static MultipartFormDataContent Form() => new() { { new ByteArrayContent([1, 2, 3]), "file", "logs.zip" } };

    private static ImportRunResponse Run(string id, string state, int found, int? total) => new(
        id, "logs.zip", state, found, found, 0, 0, 3, 1, [], StubWorld.Now, state == "running" ? null : StubWorld.Now.AddSeconds(2), "upload", total, null, null);

    private static async Task<string> HtmlAsync(params ImportRunResponse[] runs)
    {
        var world = new StubWorld();
        world.Imports.AddRange(runs);
        await using var web = await WebHost.StartAsync(world);
        return await web.HtmlAsync("/traces/import", Token);
    }
}
