using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Platform.Tests.Api.Traces.Viewer;

/// <summary>Each answer of ChapterX's own trace server for the sample folder, beside ours for the same question.</summary>
public sealed class ViewerAnswersTests(TraceApi api) : IClassFixture<TraceApi>
{
    private const string TriggerId = "1439009897499852822";
    private const string ContextLink = "https://discord.com/channels/1289595876716707911/1289595876716707914/1443805843513417216";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("traces_limit_5.json", "/api/traces?limit=5")]
    [InlineData("traces_bot_PlainBot_limit_50.json", "/api/traces?bot=PlainBot&limit=50")]
    [InlineData("search_trigger.json", "/api/search?q=" + TriggerId)]
    [InlineData("search_context_url.json", "/api/search?q=" + ContextLink)]
    [InlineData("trace_first.json", "/api/trace/ca4c72f4")]
    public async Task Get_WhatTheViewerAsks_IsAnsweredAsByChapterX(string answer, string path)
    {
        await api.ImportSamplesAsync();

        var ours = await JsonAsync(path);

        AssertSame(Theirs(answer), ours);
    }

    [Fact]
    public async Task GetRequest_ByItsName_HasTheBytesOfTheFile()
    {
        await api.ImportSamplesAsync();
        var reference = Text(Theirs("trace_first.json")["llmCalls"]?[0], "requestBodyRef");

        AssertSame(Theirs("request_first.json"), await JsonAsync($"/api/request/{reference}"));
        Assert.Equal(
            await File.ReadAllBytesAsync(Path.Combine(Samples.Path("chapterx-logs"), "llm-requests", reference), Token),
            await api.Client.GetByteArrayAsync(new Uri($"/api/request/{reference}", UriKind.Relative), Token));
    }

    [Fact]
    public async Task GetBots_OneNeverWroteATrace_IsNoBot()
    {
        await api.ImportSamplesAsync();
        var theirs = Theirs("bots.json");
        // The original takes its empty folder for bodies for a bot.
        var names = theirs["bots"]?.AsArray() ?? [];
        names.Remove(names.Single(name => name?.GetValue<string>() == "bodies"));

        AssertSame(theirs, await JsonAsync("/api/bots"));
    }

    [Theory]
    [InlineData("channels.json", "/api/channels")]
    [InlineData("channels_bot_PlainBot.json", "/api/channels?bot=PlainBot")]
    public async Task GetChannels_AnyBot_HasOrderAndCounts(string answer, string path)
    {
        await api.ImportSamplesAsync();

        // The samples' channels were renamed in the index and not in this answer; the last digits stayed.
        var theirs = Theirs(answer)["channels"]?.AsArray().Select(one => (Text(one, "id"), Text(one, "name")[^4..], one?["count"]?.GetValue<int>()));
        var ours = (await JsonAsync(path))["channels"]?.AsArray().Select(one => (Text(one, "id"), Text(one, "name")[^4..], one?["count"]?.GetValue<int>()));

        Assert.Equal(theirs, ours);
    }

    [Theory]
    [InlineData("/api/bots")]
    [InlineData("/api/traces?limit=5")]
    [InlineData("/api/trace/ca4c72f4")]
    [InlineData("/api/request/request-x.json")]
    public async Task Get_WithoutToken_IsRefusedAsByChapterX(string path)
    {
        using var stranger = new HttpClient { BaseAddress = api.BaseAddress };

        using var response = await stranger.GetAsync(new Uri(path, UriKind.Relative), Token);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        AssertSame(Theirs("unauth.json"), await ReadAsync(response));
    }

    [Theory]
    [InlineData("/api/trace/ffffffff", "Trace not found")]
    [InlineData("/api/request/no-such.json", "Request body not found")]
    [InlineData("/api/response/no-such.json", "Response body not found")]
    [InlineData("/api/membrane-request/no-such.json", "Membrane request not found")]
    [InlineData("/api/membrane-response/no-such.json", "Membrane response not found")]
    public async Task Get_Unknown_IsNotFoundAsByChapterX(string path, string error)
    {
        using var response = await api.Client.GetAsync(new Uri(path, UriKind.Relative), Token);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        AssertSame(new JsonObject { ["error"] = error }, await ReadAsync(response));
    }

    [Theory]
    [InlineData("limit=0", 1, 0)]
    [InlineData("limit=999&offset=3", 200, 3)]
    [InlineData("limit=many&offset=-4", 50, 0)]
    public async Task GetTraces_OddNumbers_AreBroughtIntoRange(string query, int limit, int offset)
    {
        var ours = await JsonAsync($"/api/traces?{query}");

        Assert.Equal((limit, offset), (ours["limit"]?.GetValue<int>(), ours["offset"]?.GetValue<int>()));
    }

    [Fact]
    public async Task GetTraces_FailedOnly_PagesThroughThemAndCountsThem()
    {
        await api.ImportSamplesAsync();

        var all = await JsonAsync("/api/traces?failed=true");
        var second = await JsonAsync("/api/traces?failed=true&limit=2&offset=2");

        Assert.Equal(5, all["total"]?.GetValue<int>());
        Assert.All(all["traces"]?.AsArray() ?? [], one => Assert.False(one?["success"]?.GetValue<bool>()));
        Assert.Equal(
            (all["traces"]?.AsArray() ?? []).Skip(2).Take(2).Select(one => Text(one, "traceId")),
            (second["traces"]?.AsArray() ?? []).Select(one => Text(one, "traceId")));
    }

    [Theory]
    [InlineData("rm_77_" + TriggerId, "rm_77_" + TriggerId)]
    [InlineData("%20" + TriggerId, TriggerId)]
    [InlineData("https://x/channels/1/rm_77_" + TriggerId + "?a=b", "rm_77_" + TriggerId)]
    public async Task Search_IdOfAPortal_IsEchoedAsItWasAsked(string asked, string echoed)
    {
        await api.ImportSamplesAsync();

        var answer = await JsonAsync($"/api/search?q={asked}");

        Assert.Equal(echoed, Text(answer, "messageId"));
        Assert.NotEmpty(answer["results"]?.AsArray() ?? []);
    }

    [Fact]
    public async Task Search_OfNothing_FindsNothing()
    {
        AssertSame(new JsonObject { ["messageId"] = "", ["results"] = new JsonArray() }, await JsonAsync("/api/search"));
    }

    private static string Answer(string name) => Path.Combine(Samples.Path("chapterx-viewer-answers"), name);

    private static JsonNode Theirs(string answer) =>
        JsonNode.Parse(File.ReadAllText(Answer(answer))) ?? throw new InvalidOperationException($"{answer} is null.");

    private async Task<JsonNode> JsonAsync(string path)
    {
        using var response = await api.Client.GetAsync(new Uri(path, UriKind.Relative), Token);
        response.EnsureSuccessStatusCode();
        return await ReadAsync(response);
    }

    private static async Task<JsonNode> ReadAsync(HttpResponseMessage response) =>
        JsonNode.Parse(await response.Content.ReadAsStringAsync(Token)) ?? throw new InvalidOperationException("The answer is null.");

    private static string Text(JsonNode? node, string name) => node?[name]?.GetValue<string>() ?? "";

    /// <summary>Equal as JSON: order of arrays counts, order of keys does not.</summary>
    private static void AssertSame(JsonNode theirs, JsonNode ours) =>
        Assert.True(JsonNode.DeepEquals(theirs, ours), $"Theirs: {theirs.ToJsonString(JsonSerializerOptions.Web)}\nOurs:   {ours.ToJsonString(JsonSerializerOptions.Web)}");
}
