using System.Text.Json;
using System.Text.RegularExpressions;
using Platform.Tests.Worker.Activations;

namespace Platform.Tests.Golden;

/// <summary>What the platform writes of its own runs: documents, answers of the Api, labels of metrics; and its schedules.</summary>
[Collection(SharedPlatformCollection.Name)]
public sealed partial class RunGoldenTests(SharedPlatform shared)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("answered", "talker")]
    [InlineData("failed", "talker")]
    [InlineData("silent", "mute")]
    public async Task Answers_AboutARun_AreAsRecorded(string outcome, string bot)
    {
        var platform = await shared.GetAsync(Token);
        var (trace, channel) = await RunAsync(platform, outcome, bot);
        List<string> answers = [];
        foreach (var path in new[]
        {
            $"/api/v1/traces?channel={channel}", $"/api/v1/traces/{trace}", $"/api/v1/traces/{trace}/document", $"/api/v1/traces/export?format=otlp&content=true&channel={channel}",
            $"/api/traces?channel={channel}", $"/api/trace/{trace}",
        })
        {
            answers.Add($"GET {path.Replace(trace, "TRACE", StringComparison.Ordinal).Replace(channel, "CHANNEL", StringComparison.Ordinal)}\n{GoldenText.OfRun(await GetAsync(platform.Api, path))}");
        }

        GoldenFile.Check($"run-{outcome}.txt", string.Join('\n', answers));
    }

    /// <summary>Names and labels as Prometheus sees them.</summary>
    [Fact]
    public async Task Metrics_AfterRuns_HaveTheirRecordedLabels()
    {
        var platform = await shared.GetAsync(Token);
        await RunAsync(platform, "answered", "talker");
        await RunAsync(platform, "failed", "talker");

        var samples = Sample().Matches(await GetAsync(platform.Worker, "/metrics"));

        GoldenFile.CheckSet(
            "metric-labels.txt",
            samples.GroupBy(sample => sample.Groups[1].Value, sample => Label().Matches(sample.Groups[2].Value))
                .Select(metric => $"{metric.Key} {string.Join(' ', metric.SelectMany(labels => labels).Select(label => label.Groups[1].Value).Distinct().Order(StringComparer.Ordinal))}"));
    }

    [Fact]
    public async Task Schedules_OfTheWorker_AreAsRecorded()
    {
        var platform = await shared.GetAsync(Token);
        List<JsonElement> schedules = [];
        await Eventually.TrueAsync(
            async _ => (schedules = [.. JsonElement.Parse(await GetAsync(platform.Api, "/api/v1/schedules")).GetProperty("schedules").EnumerateArray()]).Count > 0,
            TestPlatform.Patience,
            "the worker has stored its schedules");

        GoldenFile.CheckSet(
            "schedules.txt",
            schedules.Select(schedule => string.Join(
                ' ', schedule.EnumerateObject().Where(member => member.Name is "name" or "runs_in" or "period_seconds" or "daily_at").Select(member => member.Value))));
    }

    private static async Task<(string Trace, string Channel)> RunAsync(TestPlatform platform, string outcome, string bot)
    {
        platform.Models.Enqueue(outcome switch
        {
            "answered" => [ModelReply.Answer("It is", " “five” past ten,", " é & <b>.")],
            "failed" => [ModelReply.BadRequest()],
            _ => Array.Empty<ModelReply>(),
        });
        var activation = await platform.EndOfAsync(await platform.PromptAsync(bot, Token), Token);
        Assert.Equal(outcome, activation.State.ToString().ToLowerInvariant());
        return (activation.TraceId ?? "", activation.ChannelId);
    }

    private static Task<string> GetAsync(HostProcess host, string path) => host.Client.GetStringAsync(new Uri(path, UriKind.Relative), Token);

    [GeneratedRegex(@"^((?:gen_ai|platform_activations)_\w+_(?:count|total))\{(.*)\} ", RegexOptions.Multiline)]
    private static partial Regex Sample();

    [GeneratedRegex("""(\w+)="(?:[^"\\]|\\.)*"(?:,|$)""")]
    private static partial Regex Label();
}
