using System.Net;
using System.Text.Json;

namespace Platform.Tests.Web.Features.Traces.Compare;

public sealed class CompareWithPageTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task CompareWith_OtherRuns_AreListedNewestFirstAndLeadToTheComparison()
    {
        var world = World(40);
        await using var web = await WebHost.StartAsync(world);

        var html = await web.HtmlAsync("/traces/t39/compare", Cancellation);

        var first = html.IndexOf("href=\"/traces/compare?a=t38&b=t39\"", StringComparison.Ordinal);
        var second = html.IndexOf("href=\"/traces/compare?a=t37&b=t39\"", StringComparison.Ordinal);
        Assert.InRange(first, 0, second);
        Assert.DoesNotContain("a=t39&b=t39", html, StringComparison.Ordinal);
        Assert.Single(html.Split("run before</span>").Skip(1));
        Assert.Contains("<input type=\"hidden\" name=\"b\" value=\"t39\"", html, StringComparison.Ordinal);
        Assert.Contains("href=\"/traces/t39/compare?cursor=30\"", html, StringComparison.Ordinal);
        var asked = Assert.Single(web.Api.Requests, request => request.Target.StartsWith("/api/v1/traces?", StringComparison.Ordinal)).Target;
        Assert.Equal("/api/v1/traces?bot=ada&limit=30&to=2026-11-21T10:09:00.0000010Z&channel=channel", WebUtility.UrlDecode(asked));
    }

    [Fact]
    public async Task CompareWith_LaterRunsOfTheBot_AreTheSecondTrace()
    {
        await using var web = await WebHost.StartAsync(World(3));

        var html = await web.HtmlAsync("/traces/t1/compare?scope=bot&when=later", Cancellation);

        Assert.Contains("href=\"/traces/compare?a=t1&b=t2\"", html, StringComparison.Ordinal);
        var asked = Assert.Single(web.Api.Requests, request => request.Target.StartsWith("/api/v1/traces?", StringComparison.Ordinal)).Target;
        Assert.Equal("/api/v1/traces?bot=ada&limit=30&from=2026-11-21T09:31:00.0000000Z", WebUtility.UrlDecode(asked));
    }

    [Fact]
    public async Task CompareWith_OnlyRun_SaysSo()
    {
        await using var web = await WebHost.StartAsync(World(1));

        Assert.Contains("data-empty=\"none\"", await web.HtmlAsync("/traces/t0/compare", Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task CompareWith_UnknownTrace_Is404()
    {
        await using var web = await WebHost.StartAsync();
        using var visitor = web.NewVisitor();

        using var response = await visitor.GetAsync(new Uri("/traces/none/compare", UriKind.Relative), Cancellation);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Contains("data-empty=\"not-found\"", await response.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    /// <summary>Runs of one bot in one channel, a minute apart.</summary>
    private static StubWorld World(int count)
    {
        var world = new StubWorld();
        world.Traces.AddRange(Enumerable.Range(0, count).Select(number =>
        {
            var trace = SampleTraces.Detail($"t{number}", JsonDocument.Parse("{}").RootElement);
            return trace with { Summary = trace.Summary with { StartedAt = StubWorld.Now.AddMinutes(number) }, PreviousTraceId = number > 0 ? $"t{number - 1}" : null };
        }));
        return world;
    }
}
