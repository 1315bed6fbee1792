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
        Assert.Matches("the pier <span[^>]*>×</span>", html);
        Assert.Contains("href=\"/traces?q=two%20words&bot=ada&channel=17&outcome=answered&silent_reason=may_speak&cost_from=0.01&duration_from=5&from=7d&to=1h\"", html, StringComparison.Ordinal);
        Assert.Contains("<details open", html, StringComparison.Ordinal);
        Assert.Contains("$0.01", html, StringComparison.Ordinal);
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

    private static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement;
}
