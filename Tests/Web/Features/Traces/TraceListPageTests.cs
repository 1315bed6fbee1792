using System.Net;
using System.Text.Json;
using Platform.Contracts.Traces;

namespace Platform.Tests.Web.Features.Traces;

public sealed class TraceListPageTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task List_Nothing_SaysHowToGetTheFirst()
    {
        await using var web = await WebHost.StartAsync();
        using var visitor = web.NewVisitor();

        var html = await visitor.GetStringAsync(new Uri("/traces", UriKind.Relative), Cancellation);

        Assert.Contains("data-empty=\"none\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_MoreThanAPage_LeadsToTheOlderOnesWithItsFilter()
    {
        var world = new StubWorld();
        world.Traces.AddRange(Enumerable.Range(0, 70).Select(index =>
            SampleTraces.Detail($"t{index}", Json("{}")) with { Summary = StubWorld.Summary($"t{index}") with { StartedAt = StubWorld.Now.AddMinutes(-index) } }));
        await using var web = await WebHost.StartAsync(world);
        using var visitor = web.NewVisitor();

        var first = await visitor.GetStringAsync(new Uri("/traces?bot=ada&outcome=answered", UriKind.Relative), Cancellation);
        var second = await visitor.GetStringAsync(new Uri("/traces?bot=ada&outcome=answered&cursor=50", UriKind.Relative), Cancellation);

        Assert.Contains("href=\"/traces/t49\"", first, StringComparison.Ordinal);
        Assert.DoesNotContain("href=\"/traces/t50\"", first, StringComparison.Ordinal);
        Assert.Contains("href=\"/traces?bot=ada&amp;outcome=answered&amp;cursor=50\"", first, StringComparison.Ordinal);
        Assert.Contains("href=\"/traces/t50\"", second, StringComparison.Ordinal);
        Assert.DoesNotContain("rel=\"next\"", second, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_EveryFilter_ReachesTheApiAndCanBeTakenBack()
    {
        var world = new StubWorld { Facets = new TraceFacetsResponse(["ada"], [new TraceChannel("17", "the pier")], ["m"], ["may_speak"]) };
        world.Traces.Add(SampleTraces.Detail("t1", Json("{}")) with { Summary = StubWorld.Summary("t1") with { CostUsd = 0.0123m } });
        await using var web = await WebHost.StartAsync(world);
        using var visitor = web.NewVisitor();
        const string Query = "q=two words&bot=ada&channel=17&outcome=answered&silent_reason=may_speak&model=m&cost_from=0.01&duration_from=5&from=7d&to=1h";

        var html = WebUtility.HtmlDecode(await visitor.GetStringAsync(new Uri($"/traces?{Query}", UriKind.Relative), Cancellation));

        var asked = WebUtility.UrlDecode(web.Api.Requests.Single(request => request.Target.StartsWith("/api/v1/traces?", StringComparison.Ordinal)).Target);
        Assert.Equal($"/api/v1/traces?{Query}&limit=50&count=true", asked);
        Assert.Matches("the pier\\s*<span[^>]*>×</span>", html);
        Assert.Contains("href=\"/traces?q=two%20words&bot=ada&channel=17&outcome=answered&silent_reason=may_speak&cost_from=0.01&duration_from=5&from=7d&to=1h\"", html, StringComparison.Ordinal);
        Assert.Contains("<details class=\"more\" open", html, StringComparison.Ordinal);
        Assert.Contains("$0.01", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_SortedByDuration_AsksForItAndEveryLinkKeepsIt()
    {
        var world = new StubWorld();
        world.Traces.AddRange(Enumerable.Range(0, 51).Select(index => SampleTraces.Detail($"t{index}", Json("{}"))));
        await using var web = await WebHost.StartAsync(world);

        var html = await web.HtmlAsync("/traces?bot=ada&sort=duration&order=asc&columns=time&columns=duration&columns=cost", Cancellation);

        Assert.Contains(web.Api.Requests, request => request.Target == "/api/v1/traces?bot=ada&sort=duration&order=asc&limit=50&count=true");
        Assert.Contains("href=\"/traces?bot=ada&sort=duration&order=asc&columns=time,duration,cost&cursor=50\"", html, StringComparison.Ordinal);
        Assert.Matches("href=\"/traces\\?sort=duration&order=asc&columns=time,duration,cost\"[^>]*>Clear filters", html);
        Assert.Contains("href=\"/api/v1/traces/export?bot=ada&format=json\"", html, StringComparison.Ordinal);
        Assert.Matches("<th[^>]*aria-sort=\"ascending\"[^>]*><a href=\"/traces\\?bot=ada&sort=duration&columns=time,duration,cost\"", html);
        Assert.Matches("<th[^>]*class=\"time\"[^>]*><a href=\"/traces\\?bot=ada&columns=time,duration,cost\"", html);
        Assert.Equal(4, System.Text.RegularExpressions.Regex.Count(html, "<th scope=\"col\" class=\"(?!select)"));
        Assert.DoesNotContain("data-tail=\"traces\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_ByDefault_IsNewestFirstWithTheDefaultColumnsAndLive()
    {
        var world = new StubWorld { Sorted = 20_000 };
        world.Traces.Add(SampleTraces.Detail("t1", Json("{}")));
        await using var web = await WebHost.StartAsync(world);

        var html = await web.HtmlAsync("/traces", Cancellation);

        Assert.Matches("<th[^>]*aria-sort=\"descending\"[^>]*><a href=\"/traces\\?sort=time&order=asc\"", html);
        Assert.Equal(
            TraceColumn.All.Count(column => column.IsDefault), System.Text.RegularExpressions.Regex.Count(html, "<th scope=\"col\" class=\"(?!select)"));
        Assert.Contains("data-tail=\"traces\"", html, StringComparison.Ordinal);
        Assert.Contains("Only the newest 20,000 matching traces are sorted", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("columns=size", "columns must be a list of outcome, time")]
    [InlineData("columns=,", "columns must be a list of outcome, time")]
    public async Task List_UnknownColumn_Is400WithTheProblem(string query, string problem)
    {
        await using var web = await WebHost.StartAsync();
        using var visitor = web.NewVisitor();

        using var response = await visitor.GetAsync(new Uri($"/traces?{query}", UriKind.Relative), Cancellation);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains(problem, await response.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("from=2026-11-21T10:30%2B02:00", "name=\"from\" value=\"2026-11-21T08:30\" data-instant=\"2026-11-21T10:30+02:00\"")]
    [InlineData("from=2026-11-21T08:30:15.25Z", "name=\"from\" value=\"2026-11-21T08:30:15.250\"")]
    [InlineData("to=2026-11-21", "name=\"to\" value=\"2026-11-21T00:00\"")]
    [InlineData("from=90m", "type=\"hidden\" name=\"from\" value=\"90m\"")]
    [InlineData("from=&from=24h", "type=\"hidden\" name=\"from\" value=\"24h\"")]
    public async Task List_Time_IsInItsFieldInUtcOrKeptAsAnAge(string query, string field)
    {
        await using var web = await WebHost.StartAsync();

        Assert.Contains(field, await web.HtmlAsync($"/traces?{query}", Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Views_SavedShownAndDeleted_AreThoseOfTheApi()
    {
        var world = new StubWorld();
        await using var web = await WebHost.StartAsync(world);
        using var visitor = web.NewVisitor();
        const string Address = "/traces?bot=ada&outcome=failed&sort=cost";

        using var saved = await WebHost.SendFormAsync(visitor, Address, Address, new Dictionary<string, string> { ["SaveView.Name"] = " Costly failures " }, Cancellation);

        Assert.Equal(HttpStatusCode.Redirect, saved.StatusCode);
        Assert.Equal(new SavedTraceView("Costly failures", "bot=ada&outcome=failed&sort=cost", StubWorld.Now, StubWorld.Now), Assert.Single(world.TraceViews));
        var current = await web.HtmlAsync("/traces?outcome=failed&sort=cost&bot=ada", Cancellation);
        Assert.Contains("View: Costly failures", current, StringComparison.Ordinal);
        Assert.Matches("<a href=\"/traces\\?bot=ada&outcome=failed&sort=cost\" aria-current=\"true\"[^>]*>Costly failures</a>", current);
        Assert.DoesNotContain("View: Costly", await web.HtmlAsync("/traces?outcome=failed&bot=ada", Cancellation), StringComparison.Ordinal);

        using var deleted = await SendDeletionAsync(visitor, "Costly failures");

        Assert.Equal(HttpStatusCode.Redirect, deleted.StatusCode);
        Assert.Empty(world.TraceViews);
    }

    [Theory]
    [InlineData("", "The name is missing.")]
    [InlineData("a/b", "must not contain a slash")]
    [InlineData("one more", "The maximum of 50 saved views is reached")]
    public async Task Views_UnusableName_IsShownInTheMenu(string name, string problem)
    {
        var world = new StubWorld();
        world.TraceViews.AddRange(Enumerable.Range(0, 50).Select(number => new SavedTraceView($"v{number}", "bot=ada", StubWorld.Now, StubWorld.Now)));
        await using var web = await WebHost.StartAsync(world);
        using var visitor = web.NewVisitor();

        using var response = await WebHost.SendFormAsync(visitor, "/traces", "/traces", new Dictionary<string, string> { ["SaveView.Name"] = name }, Cancellation);
        var html = await response.Content.ReadAsStringAsync(Cancellation);

        Assert.Contains(problem, html, StringComparison.Ordinal);
        Assert.Matches("<details class=\"menu views\"[^>]* open", html);
        Assert.Equal(50, world.TraceViews.Count);
    }

    [Theory]
    [InlineData(12, false, "12 traces")]
    [InlineData(1, false, "1 trace<")]
    [InlineData(123_456, true, "About 120,000 traces")]
    public async Task List_Count_SaysWhenItIsAnEstimate(long count, bool isEstimate, string text)
    {
        var world = new StubWorld { Total = new TraceCount(count, isEstimate) };
        world.Traces.Add(SampleTraces.Detail("t1", Json("{}")));
        await using var web = await WebHost.StartAsync(world);
        using var visitor = web.NewVisitor();

        Assert.Contains(text, WebUtility.HtmlDecode(await visitor.GetStringAsync(new Uri("/traces", UriKind.Relative), Cancellation)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("of=new&of=old", "/traces/compare?a=old&b=new")]
    [InlineData("of=new", "/traces/compare?a=new")]
    [InlineData("", "/traces/compare")]
    public async Task ComparePicked_MarkedTraces_AreCompared(string query, string target)
    {
        await using var web = await WebHost.StartAsync();
        using var visitor = web.NewVisitor();

        using var response = await visitor.GetAsync(new Uri($"/traces/compare-picked?{query}", UriKind.Relative), Cancellation);

        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        Assert.Equal(target, response.Headers.Location?.ToString());
    }

    [Fact]
    public async Task List_InvalidFilter_Is400WithTheProblemAboveTheForm()
    {
        await using var web = await WebHost.StartAsync();
        using var visitor = web.NewVisitor();

        using var response = await visitor.GetAsync(new Uri("/traces?from=nonsense", UriKind.Relative), Cancellation);
        var html = await response.Content.ReadAsStringAsync(Cancellation);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("from must be a time", html, StringComparison.Ordinal);
        Assert.DoesNotContain("No matching traces", html, StringComparison.Ordinal);
        Assert.Contains("value=\"nonsense\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_CursorThatIsNone_IsTheAddressesFault()
    {
        await using var web = await WebHost.StartAsync();
        using var visitor = web.NewVisitor();

        using var response = await visitor.GetAsync(new Uri("/traces?cursor=zz", UriKind.Relative), Cancellation);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("is not a cursor", await response.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_FilterWithoutResult_OffersAll()
    {
        await using var web = await WebHost.StartAsync();
        using var visitor = web.NewVisitor();

        var html = await visitor.GetStringAsync(new Uri("/traces?outcome=failed", UriKind.Relative), Cancellation);

        Assert.Contains("data-empty=\"filtered\"", html, StringComparison.Ordinal);
        Assert.Contains("outcome=failed", web.Api.Requests.Single(request => request.Target.StartsWith("/api/v1/traces?", StringComparison.Ordinal)).Target, StringComparison.Ordinal);
    }

    private static Task<HttpResponseMessage> SendDeletionAsync(HttpClient visitor, string name) =>
        WebHost.SendFormAsync(visitor, "/traces?from=24h", "/traces?from=24h", new Dictionary<string, string> { ["DeleteView"] = name }, Cancellation, "delete-view");

    private static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement;
}
