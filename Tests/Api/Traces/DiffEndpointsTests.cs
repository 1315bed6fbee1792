using System.Net;
using Platform.Contracts.Traces;

namespace Platform.Tests.Api.Traces;

public sealed class DiffEndpointsTests(TraceApi api) : IClassFixture<TraceApi>, IAsyncLifetime
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await api.ImportSamplesAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Compare_ATraceWithItself_FindsNoDifference()
    {
        var diff = await api.GetAsync<TraceDiffResponse>("/api/v1/traces/diff?a=ca4c72f4&b=ca4c72f4");

        Assert.All(diff.Figures, figure => Assert.Equal(figure.A, figure.B));
        Assert.All(diff.Sections, section => Assert.Equal((0, 0), (section.Removed, section.Added)));
        Assert.Contains(diff.Sections, section => section is { Kind: DiffSectionKind.Prompt, Kept: > 10 });
    }

    [Fact]
    public async Task Compare_TwoBots_ShowsSettingsPromptAndAnswerLineByLine()
    {
        var diff = await api.GetAsync<TraceDiffResponse>("/api/v1/traces/diff?a=ca4c72f4&b=ed0e6f6c&context=0");

        Assert.Equal(("ca4c72f4", "ed0e6f6c"), (diff.A.SourceTraceId, diff.B.SourceTraceId));
        Assert.Equal(diff.B.TokensIn, Assert.Single(diff.Figures, figure => figure.Name == "tokens_in").B);
        var settings = Assert.Single(diff.Sections, section => section.Kind == DiffSectionKind.Settings);
        Assert.Contains(settings.Lines, line => line is { Kind: DiffLineKind.Removed, Text: "name = Harbour Opus4" });
        Assert.Contains(settings.Lines, line => line is { Kind: DiffLineKind.Added, Text: "name = PlainSonnet4.5" });
        Assert.DoesNotContain(settings.Lines, line => line.Kind == DiffLineKind.Kept);
        var answer = Assert.Single(diff.Sections, section => section.Kind == DiffSectionKind.Answer);
        Assert.True(answer is { Removed: > 0, Added: > 0 });
        Assert.Null(Assert.Single(diff.Sections, section => section.Kind == DiffSectionKind.Prompt).NoteA);
    }

    [Theory]
    [InlineData("a=ca4c72f4", HttpStatusCode.NotFound)]
    [InlineData("a=ca4c72f4&b=nowhere", HttpStatusCode.NotFound)]
    [InlineData("a=ca4c72f4&b=ca4c72f4&context=-1", HttpStatusCode.BadRequest)]
    public async Task Compare_UnusableRequest_IsAProblem(string query, HttpStatusCode status)
    {
        using var response = await api.Client.GetAsync($"/api/v1/traces/diff?{query}", Token);

        Assert.Equal(status, response.StatusCode);
    }
}
