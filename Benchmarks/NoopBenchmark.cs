using System.CommandLine;
using System.Globalization;

namespace Platform.Benchmarks;

/// <summary>How many activations a second end with the decision "no" and a stored trace.</summary>
internal static class NoopBenchmark
{
    private const int WarmUp = 3000;

    public static Command Create()
    {
        var count = new Option<int>("--count") { Description = "Activations per run.", DefaultValueFactory = _ => 20_000 };
        var runs = new Option<int>("--runs") { Description = "How many runs.", DefaultValueFactory = _ => 3 };
        var workers = new Option<int>("--workers") { Description = "How many workers.", DefaultValueFactory = _ => 1 };
        var seconds = new Option<int>("--pgbench-seconds") { Description = "Seconds that pgbench runs after each run.", DefaultValueFactory = _ => 15 };
        var command = new Command("noop", "Silent activations per second through the full path, compared with pgbench -N on the same server, in turn.") { count, runs, workers, seconds };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            parsed.GetValue(count), parsed.GetValue(runs), parsed.GetValue(workers), parsed.GetValue(seconds), cancellationToken));
        return command;
    }

    private static async Task RunAsync(int count, int runs, int workers, int seconds, CancellationToken cancellationToken)
    {
        Report.Begin("No-op activations");
        await using var platform = await BenchmarkPlatform.StartAsync(workers, withApi: false, cancellationToken);
        var pgbench = await PgBench.PrepareAsync(platform.Postgres, cancellationToken);
        var workload = await Workload.CreateAsync(platform, bots: 100, channelsPerBot: 20, cancellationToken);
        await workload.AskManyAsync(WarmUp, cancellationToken);
        await workload.UntilDoneAsync(cancellationToken);
        Report.Head("run", "activations/s", "pgbench -N, transactions/s", "share");
        List<(double Ours, double Theirs)> all = [];
        for (var run = 1; run <= runs; run++)
        {
            var theirs = await pgbench.RunAsync(seconds, cancellationToken);
            var ours = await MeasureAsync(platform, workload, count, cancellationToken);
            all.Add((ours, theirs));
            Print(run.ToString(CultureInfo.InvariantCulture), ours, theirs, ours / theirs);
        }

        Print(
            "median", Percentiles.Median(all.Select(one => one.Ours)), Percentiles.Median(all.Select(one => one.Theirs)), Percentiles.Median(all.Select(one => one.Ours / one.Theirs)));
        Console.WriteLine($"\n{workers} worker(s), {count} activations a run over 100 bots with 20 conversations each; {PgBench.Description}; fsync and synchronous_commit on.");
    }

    private static async Task<double> MeasureAsync(BenchmarkPlatform platform, Workload workload, int count, CancellationToken cancellationToken)
    {
        var start = await platform.ScalarAsync<DateTime>("select clock_timestamp()", cancellationToken);
        await workload.AskManyAsync(count, cancellationToken);
        await workload.UntilDoneAsync(cancellationToken);
        await using var command = platform.Database.CreateCommand(
            """
            select count(*) / extract(epoch from max(a.finished_at) - min(a.started_at))::float8
            from activations a join traces t on t.activation_id = a.id
            where a.created_at >= $1 and a.state = 'silent' and t.outcome = 'silent'
            having count(*) = $2
            """);
        command.Parameters.AddWithValue(start);
        command.Parameters.AddWithValue((long)count);
        return await command.ExecuteScalarAsync(cancellationToken) is double rate
            ? rate
            : throw new InvalidOperationException($"Not all of {count} activations ended silent with a trace.");
    }

    private static void Print(string run, double ours, double theirs, double share) =>
        Report.Row(run, Report.Number(ours, 0), Report.Number(theirs, 0), $"{Report.Number(share * 100, 0)} %");
}
