using System.Net;
using System.Text.Json;
using Platform.Contracts.Activations;
using Platform.Contracts.Replays;
using Platform.Tests.Web.Features.Traces;

namespace Platform.Tests.Web.Features.Replays;

public sealed class ReplayPageTests
{
    private const string Address = "/traces/t1/calls/0/replay";

    private static readonly ReplayAnswer Original = new("Six <b>o'clock</b>.", "openai", "gpt-4o-mini", false, 1700, 420, 812, 96, 0.0001m, "end_turn", null);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Page_ReplaysOfEachState_StandBesideTheOriginal()
    {
        var world = World(new ReplayList(
            Original,
            "openai/gpt-4o-mini",
            null,
            null,
            [
                Replay(ReplayState.Running, null),
                Replay(ReplayState.Failed, Original with { Text = "Si", StopReason = null, Error = new ActivationError("stream_broken", "The line went dead.") }),
                Replay(ReplayState.Done, Original) with { LeftOut = ["cache markers", "the tool web_search"] },
            ]));
        await using var web = await WebHost.StartAsync(world);

        using var visitor = web.NewVisitor();

        var html = await web.HtmlAsync(Address, Token);

        Assert.Contains("data-refresh-every=\"1000\"", html, StringComparison.Ordinal);
        Assert.Contains("status-dot running", html, StringComparison.Ordinal);
        Assert.Contains("The line went dead.", html, StringComparison.Ordinal);
        Assert.Contains("cache markers; the tool web_search.", html, StringComparison.Ordinal);
        Assert.Equal(3, html.Split("class=\"answer-text\"").Length - 1);
        Assert.DoesNotContain("<b>o'clock", await visitor.GetStringAsync(new Uri(Address, UriKind.Relative), Token), StringComparison.Ordinal);
        Assert.Single(html.Split("identical to original")[1..]);
        Assert.Contains("value=\"openai/gpt-4o-mini\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_NothingRecorded_ShowsTheReasonAndNoButton()
    {
        await using var web = await WebHost.StartAsync(World(new ReplayList(Original with { Text = null }, "m", "The request is gone.", "The response is gone.", [])));

        var html = await web.HtmlAsync(Address, Token);

        Assert.Contains("The request is gone.", html, StringComparison.Ordinal);
        Assert.Contains("data-warning=\"cannot-replay\"", html, StringComparison.Ordinal);
        Assert.Contains("The response is gone.", html, StringComparison.Ordinal);
        Assert.DoesNotContain("name=\"Mode\"", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("live", "other/model", ReplayMode.Live, "other/model")]
    [InlineData("recorded", "other/model", ReplayMode.Recorded, null)]
    public async Task Button_Pressed_CallsTheApiAndRedirects(string mode, string model, ReplayMode askedMode, string? askedModel)
    {
        var world = World(new ReplayList(Original, "m", null, null, []));
        await using var web = await WebHost.StartAsync(world);
        using var visitor = web.NewVisitor();

        using var response = await WebHost.SendFormAsync(
            visitor, Address, Address, new Dictionary<string, string> { ["Mode"] = mode, ["Model"] = model }, Token);

        Assert.Equal(HttpStatusCode.Found, response.StatusCode);
        Assert.EndsWith(Address, response.Headers.Location?.OriginalString, StringComparison.Ordinal);
        Assert.Equal(new ReplayRequest(askedMode, askedModel), Assert.Single(world.AskedReplays));
    }

    [Theory]
    [InlineData("/traces/t1/calls/7/replay")]
    [InlineData("/traces/unknown/calls/0/replay")]
    public async Task Page_UnknownCall_IsMissing(string address)
    {
        await using var web = await WebHost.StartAsync(World(new ReplayList(Original, "m", null, null, [])));
        using var visitor = web.NewVisitor();

        using var response = await visitor.GetAsync(new Uri(address, UriKind.Relative), Token);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Contains("data-empty=\"not-found\"", await response.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
    }

    private static StubWorld World(ReplayList replays)
    {
        var world = new StubWorld { Replays = replays };
        world.Traces.Add(SampleTraces.Detail("t1", JsonDocument.Parse("{}").RootElement, SampleTraces.Call()));
        return world;
    }

    private static ReplayResponse Replay(ReplayState state, ReplayAnswer? answer) =>
        new($"r-{state}", ReplayMode.Live, state, "openai/gpt-4o-mini", [], StubWorld.Now, answer is null ? null : StubWorld.Now, answer);
}
