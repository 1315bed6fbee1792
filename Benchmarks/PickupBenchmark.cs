using System.CommandLine;

namespace Platform.Benchmarks;

/// <summary>How long an activation waits in an idle queue.</summary>
internal static class PickupBenchmark
{
    public static Command Create()
    {
        var count = new Option<int>("--count") { Description = "How many activations, one at a time.", DefaultValueFactory = _ => 300 };
        var workers = new Option<int>("--workers") { Description = "How many workers.", DefaultValueFactory = _ => 2 };
        var command = new Command("pickup", "Idle queue: from the commit of an activation to its claim, and to its stored end.") { count, workers };
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed.GetValue(count), parsed.GetValue(workers), cancellationToken));
        return command;
    }

    private static async Task RunAsync(int count, int workers, CancellationToken cancellationToken)
    {
        Report.Begin("Pickup from an idle queue");
        await using var platform = await BenchmarkPlatform.StartAsync(workers, withApi: false, cancellationToken);
        var workload = await Workload.CreateAsync(platform, bots: 20, channelsPerBot: 20, cancellationToken);
        for (var warmUp = 0; warmUp < 30; warmUp++)
        {
            await MeasureAsync(platform, workload, cancellationToken);
        }

        List<(double Claimed, double Ended)> times = [];
        for (var number = 0; number < count; number++)
        {
            times.Add(await MeasureAsync(platform, workload, cancellationToken));
        }

        Report.Head("ms from the commit", "p50", "p95", "p99", "longest");
        Print("to the claim", times.Select(time => time.Claimed));
        Print("to the stored end, with its trace", times.Select(time => time.Ended));
    }

    private static async Task<(double Claimed, double Ended)> MeasureAsync(
        BenchmarkPlatform platform, Workload workload, CancellationToken cancellationToken)
    {
        // Out of step with every poll, and long enough for the queue to be idle.
        await Task.Delay(Random.Shared.Next(50, 250), cancellationToken);
        var id = await workload.AskAsync(cancellationToken);

        // One machine, one clock: the answer to the commit comes a moment after the commit.
        var committed = TimeProvider.System.GetUtcNow();
        await platform.UntilAsync($"select finished_at is not null from activations where id = '{id}'", cancellationToken);
        var claimed = await platform.ScalarAsync<DateTime>($"select started_at from activations where id = '{id}'", cancellationToken);
        var ended = await platform.ScalarAsync<DateTime>($"select finished_at from activations where id = '{id}'", cancellationToken);
        return (Since(claimed), Since(ended));

        double Since(DateTime time) => Math.Max(0, (time - committed.UtcDateTime).TotalMilliseconds);
    }

    private static void Print(string name, IEnumerable<double> values)
    {
        var all = values.ToArray();
        Report.Row([name, .. new[] { 50d, 95, 99, 100 }.Select(percent => Report.Number(Percentiles.Of(all, percent)))]);
    }
}
