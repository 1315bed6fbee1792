using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Platform.Tests.Web.Features.Traces;

public sealed partial class TracePartTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("overview", "id=\"outcome\"")]
    [InlineData("decision", "id=\"why\"")]
    [InlineData("context", "id=\"context\"")]
    [InlineData("context/1", "id=\"ctx-1\"")]
    [InlineData("messages", "id=\"raw\"")]
    [InlineData("messages/1", "id=\"raw-m1\"")]
    [InlineData("calls", "id=\"calls\"")]
    [InlineData("call/1", "id=\"call-0\"")]
    [InlineData("call/1/request", "id=\"body\"")]
    [InlineData("call/1/response", "data-empty=\"body\"")]
    [InlineData("tools", "id=\"tools\"")]
    [InlineData("tool/1", "id=\"tool-1\"")]
    [InlineData("logs", "id=\"logs\"")]
    [InlineData("config", "id=\"config\"")]
    [InlineData("timeline", "id=\"time\"")]
    [InlineData("links", "id=\"document\"")]
    public async Task Part_InTheAddress_IsShownAndSelectedInTheTree(string part, string shown)
    {
        await using var web = await WebHost.StartAsync(World());

        var html = await web.HtmlAsync($"/traces/t1?part={part}", Cancellation);

        var pane = html[html.IndexOf("id=\"part\"", StringComparison.Ordinal)..];
        Assert.Contains(shown, pane, StringComparison.Ordinal);
        var current = Assert.Single(CurrentRow().Matches(html));
        Assert.Contains("autofocus", current.Value, StringComparison.Ordinal);
        Assert.Equal(Ids().Count(html), Ids().Matches(html).Select(id => id.Value).Distinct().Count());
    }

    [Theory]
    [InlineData("", "id=\"outcome\"")]
    [InlineData("?all=context", "id=\"context\"")]
    [InlineData("?all=raw&from=0", "id=\"raw\"")]
    [InlineData("?all=logs", "id=\"logs\"")]
    [InlineData("?all=calls", "id=\"calls\"")]
    [InlineData("?all=tools", "id=\"tools\"")]
    [InlineData("?all=time", "id=\"time\"")]
    [InlineData("?all=unknown", "id=\"outcome\"")]
    [InlineData("?level=warn", "id=\"logs\"")]
    public async Task Part_AddressOfAnEarlierVersion_ShowsItsSection(string query, string shown)
    {
        await using var web = await WebHost.StartAsync(World());

        var html = await web.HtmlAsync($"/traces/t1{query}", Cancellation);

        Assert.Contains(shown, html[html.IndexOf("id=\"part\"", StringComparison.Ordinal)..], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Part_FragmentOfAnEarlierVersion_IsARowOfTheTree()
    {
        await using var web = await WebHost.StartAsync(World());

        var html = await web.HtmlAsync("/traces/t1", Cancellation);

        foreach (var fragment in (string[])["outcome", "why", "time", "calls", "call-0", "tools", "context", "raw", "logs", "config", "document"])
        {
            Assert.Single(Regex.Matches(html, $" id=\"{fragment}\""));
        }
    }

    [Theory]
    [InlineData("nothing")]
    [InlineData("call/2")]
    [InlineData("call/1/membrane-request")]
    [InlineData("tool/2")]
    [InlineData("tool/0")]
    [InlineData("context/99")]
    [InlineData("messages/0")]
    [InlineData("effects")]
    [InlineData("timeline/9")]
    public async Task Part_Unknown_Is404WithTheOverviewAndANote(string part)
    {
        await using var web = await WebHost.StartAsync(World());
        using var visitor = web.NewVisitor();

        using var response = await visitor.GetAsync(new Uri($"/traces/t1?part={part}", UriKind.Relative), Cancellation);

        var html = await response.Content.ReadAsStringAsync(Cancellation);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Contains("data-empty=\"part\"", html, StringComparison.Ordinal);
        Assert.Contains("id=\"outcome\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Part_Body_HasItsForms()
    {
        await using var web = await WebHost.StartAsync(World());

        var formatted = await web.HtmlAsync("/traces/t1?part=call/1/request", Cancellation);
        var json = await web.HtmlAsync("/traces/t1?part=call/1/request&view=json", Cancellation);

        Assert.Contains(">hi</div>", formatted, StringComparison.Ordinal);
        Assert.Contains("href=\"/traces/t1?part=call/1/request&view=raw\"", formatted, StringComparison.Ordinal);
        Assert.Contains("href=\"/traces/t1/calls/0/request/0\"", formatted, StringComparison.Ordinal);
        Assert.Contains("<details class=\"json-fold\" open>", json, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "all 6", 6)]
    [InlineData("&only=debug", "debug 2", 2)]
    [InlineData("&only=other", "other 2", 2)]
    [InlineData("&only=warn", "warn 1", 1)]
    [InlineData("&level=warn", "warn and above 2", 2)]
    [InlineData("&level=debug", "debug and above 6", 6)]
    [InlineData("&level=nonsense", "all 6", 6)]
    [InlineData("&only=fatal", "fatal 0", 0)]
    public async Task Logs_Level_ShowsAsManyLinesAsItsCount(string query, string current, int lines)
    {
        await using var web = await WebHost.StartAsync(World());

        var html = await web.HtmlAsync($"/traces/t1?part=logs{query}", Cancellation);

        var nav = html[html.IndexOf("aria-label=\"Level\"", StringComparison.Ordinal)..];
        var counts = LevelLink().Matches(nav[..nav.IndexOf("</nav>", StringComparison.Ordinal)])
            .Select(link => (Name: link.Groups["name"].Value, Count: int.Parse(link.Groups["count"].Value, System.Globalization.CultureInfo.InvariantCulture), Current: link.Value.Contains("aria-current", StringComparison.Ordinal)))
            .ToList();
        Assert.Equal(current, counts.Where(one => one.Current).Select(one => $"{one.Name} {one.Count}").Single());
        Assert.Equal(6, counts.Where(one => one.Name != "all" && !one.Name.EndsWith("above", StringComparison.Ordinal)).Sum(one => one.Count));
        Assert.Equal(lines, LogLine().Count(html));
        Assert.Matches("""part=logs"[^>]*>Log <span class="count"[^>]*>6</span>""", html);
    }

    [Fact]
    public async Task Logs_Many_SayHowManyAreShown()
    {
        var world = new StubWorld();
        world.Traces.Add(SampleTraces.Detail("t1", JsonSerializer.SerializeToElement(new
        {
            outcome = new { success = true },
            logs = Enumerable.Range(0, 2500).Select(number => new { offsetMs = number, level = "info", message = $"line {number}." }),
        })));
        await using var web = await WebHost.StartAsync(world);

        var first = await web.HtmlAsync("/traces/t1?part=logs", Cancellation);
        var last = await web.HtmlAsync("/traces/t1?part=logs&from=2000", Cancellation);

        Assert.Equal(200, LogLine().Count(first));
        Assert.Contains("Showing 200 of 2,500 entries.", first, StringComparison.Ordinal);
        Assert.Equal(500, LogLine().Count(last));
        Assert.Contains("2,001–2,500 of 2,500", last, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Context_HiddenMessage_IsOnItsPage()
    {
        var world = new StubWorld();
        world.Traces.Add(SampleTraces.Detail("t1", JsonSerializer.SerializeToElement(new
        {
            outcome = new { success = true },
            contextBuild = new { messages = Enumerable.Range(0, 3000).Select(number => new { position = number, contentPreview = $"words {number}." }) },
        })));
        await using var web = await WebHost.StartAsync(world);

        var html = await web.HtmlAsync("/traces/t1?part=context/1200", Cancellation);

        Assert.Matches("""<li class="[^"]*selected" id="ctx-1200" """.TrimEnd(), html);
        Assert.Contains("words 1000.", html, StringComparison.Ordinal);
        Assert.DoesNotContain("words 999.", html, StringComparison.Ordinal);
        Assert.Contains("href=\"/traces/t1?part=context&from=2000\"", html, StringComparison.Ordinal);
    }

    private static StubWorld World()
    {
        var document = JsonDocument.Parse("""
            {"outcome":{"success":true,"responseText":"hello"},"config":{"name":"ada"},
             "contextBuild":{"messages":[{"position":0,"contentPreview":"one"},{"position":1,"contentPreview":"two"}]},
             "rawDiscordMessages":[{"id":"m1","content":"one"}],
             "toolExecutions":[{"llmCallId":"x-llm-0","toolName":"search","durationMs":300}],
             "logs":[{"offsetMs":0,"level":"debug","message":"a"},{"offsetMs":1,"level":"debug","message":"b"},{"offsetMs":2,"level":"strange","message":"c"},
                     {"message":"d"},{"offsetMs":4,"level":"warn","message":"e"},{"offsetMs":5,"level":"error","message":"f"}]}
            """).RootElement;
        var call = SampleTraces.Call();
        call = call with { Bodies = [call.Bodies[0] with { SizeBytes = 4000 }, call.Bodies[1]] };
        var world = new StubWorld();
        world.Traces.Add(SampleTraces.Detail("t1", document, call));
        world.Bodies["request-1.json"] = """{"model":"m","messages":[{"role":"user","content":"hi"}]}""";
        return world;
    }

    [GeneratedRegex("""<a class="row-link"[^>]*aria-current[^>]*>""")]
    private static partial Regex CurrentRow();

    [GeneratedRegex(""" id="([^"]+)"(?=[ >])""")]
    private static partial Regex Ids();

    [GeneratedRegex("""<a [^>]*>(?<name>[a-z ]+) <span class="quiet"[^>]*>(?<count>[0-9]+)</span></a>""")]
    private static partial Regex LevelLink();

    [GeneratedRegex("<span class=\"n offset\"")]
    private static partial Regex LogLine();
}
