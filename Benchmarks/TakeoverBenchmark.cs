using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;

namespace Platform.Benchmarks;

/// <summary>How long an answer lies idle after its worker was killed.</summary>
internal static class TakeoverBenchmark
{
    public static Command Create()
    {
        var runs = new Option<int>("--runs") { Description = "How many kills.", DefaultValueFactory = _ => 10 };
        var command = new Command("takeover", "SIGKILL of the worker that is writing an answer, default settings: from the kill to another worker's claim.") { runs };
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed.GetValue(runs), cancellationToken));
        return command;
    }

    private static async Task RunAsync(int runs, CancellationToken cancellationToken)
    {
        Report.Begin("Takeover after SIGKILL");
        await using var platform = await BenchmarkPlatform.StartAsync(workerCount: 2, withApi: true, cancellationToken);
        List<double> seconds = [];
        for (var run = 0; run < runs; run++)
        {
            seconds.Add(await MeasureAsync(platform, cancellationToken));
            await platform.AddWorkerAsync(cancellationToken);
        }

        Report.Head("seconds from the kill", "runs", "shortest", "median", "longest");
        Report.Row(
            "to the claim of another worker",
            runs.ToString(CultureInfo.InvariantCulture),
            Report.Number(seconds.Min(), 2),
            Report.Number(Percentiles.Median(seconds), 2),
            Report.Number(seconds.Max(), 2));
    }

    private static async Task<double> MeasureAsync(BenchmarkPlatform platform, CancellationToken cancellationToken)
    {
        var id = await AskForAnswerThatHangsAsync(platform, cancellationToken);
        await platform.UntilAsync($"select exists (select from generations where activation_id = '{id}')", cancellationToken);
        var owner = await platform.ScalarAsync<string>($"select lease_owner from activations where id = '{id}'", cancellationToken);
        var worker = platform.Workers.Single(one => owner.Contains($"-{one.Id}-", StringComparison.Ordinal));
        var fence = await platform.ScalarAsync<long>($"select lease_fence from activations where id = '{id}'", cancellationToken);

        // At any point between two heartbeats.
        await Task.Delay(Random.Shared.Next(1000), cancellationToken);
        var killed = TimeProvider.System.GetUtcNow();
        var sinceKill = Stopwatch.StartNew();
        await platform.KillAsync(worker);
        await platform.UntilAsync($"select lease_fence > {fence} from activations where id = '{id}'", cancellationToken);
        var seen = sinceKill.Elapsed;
        var claimed = await platform.ScalarAsync<DateTime>($"select started_at from activations where id = '{id}'", cancellationToken);
        await platform.ExecuteAsync($"update activations set state = 'cancelled', finished_at = now(), lease_until = null where id = '{id}'", cancellationToken);
        return Math.Min(seen.TotalSeconds, (claimed - killed.UtcDateTime).TotalSeconds);
    }

    /// <summary>Rehearsal stops in mid-sentence when told to, and its worker waits for the next word.</summary>
    private static async Task<string> AskForAnswerThatHangsAsync(BenchmarkPlatform platform, CancellationToken cancellationToken)
    {
        var conversation = await PostAsync(platform.Api, "/api/v1/conversations", new { bot = "speaker" }, cancellationToken);
        var posted = await PostAsync(
            platform.Api, $"/api/v1/conversations/{conversation.GetProperty("id").GetString()}/messages", new { content = "rehearsal:hang Say something." }, cancellationToken);
        return posted.GetProperty("activation_id").GetString() ?? throw new InvalidOperationException("The answer names no activation.");
    }

    private static async Task<JsonElement> PostAsync(HttpClient api, string path, object body, CancellationToken cancellationToken)
    {
        using var response = await api.PostAsJsonAsync(path, body, cancellationToken);
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
    }
}
