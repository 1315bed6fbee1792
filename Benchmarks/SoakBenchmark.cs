using System.CommandLine;
using System.Globalization;

namespace Platform.Benchmarks;

/// <summary>Whether anything grows under a steady load.</summary>
internal static class SoakBenchmark
{
    public static Command Create()
    {
        var minutes = new Option<int>("--minutes") { Description = "Duration in minutes.", DefaultValueFactory = _ => 60 };
        var rate = new Option<int>("--rate") { Description = "Activations a second.", DefaultValueFactory = _ => 50 };
        var workers = new Option<int>("--workers") { Description = "How many workers.", DefaultValueFactory = _ => 2 };
        var command = new Command("soak", "A steady load: latency, memory and dead tuples, minute by minute.") { minutes, rate, workers };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            parsed.GetValue(minutes), parsed.GetValue(rate), parsed.GetValue(workers), cancellationToken));
        return command;
    }

    private static async Task RunAsync(int minutes, int rate, int workers, CancellationToken cancellationToken)
    {
        Report.Begin("Soak");
        await using var platform = await BenchmarkPlatform.StartAsync(workers, withApi: true, cancellationToken);
        var workload = await Workload.CreateAsync(platform, bots: 50, channelsPerBot: 20, cancellationToken);
        Report.Head(["minute", "ended", "p50 ms", "p95 ms", "queued", .. platform.Processes.Select(process => $"{process.Name} RSS MiB"), "dead tuples (live) of the five fullest tables"]);
        for (var minute = 1; minute <= minutes; minute++)
        {
            var since = await platform.ScalarAsync<DateTime>("select clock_timestamp()", cancellationToken);
            await LoadAsync(workload, rate, TimeSpan.FromMinutes(1), cancellationToken);
            Report.Row([minute.ToString(CultureInfo.InvariantCulture), .. await LatencyAsync(platform, since, cancellationToken),
                .. platform.Processes.Select(process => Report.Number(RssMiB(process.Id), 0)), await DeadTuplesAsync(platform, cancellationToken)]);
        }

        Console.WriteLine($"\n{rate} activations/s, decision \"no\", {workers} workers; latency from the insert to the stored end.");
    }

    private static async Task LoadAsync(Workload workload, int rate, TimeSpan time, CancellationToken cancellationToken)
    {
        var clock = TimeProvider.System;
        var start = clock.GetTimestamp();
        for (var number = 0; clock.GetElapsedTime(start) < time; number++)
        {
            var due = TimeSpan.FromSeconds((double)number / rate);
            var early = due - clock.GetElapsedTime(start);
            await (early > TimeSpan.Zero ? Task.Delay(early, cancellationToken) : Task.CompletedTask);
            await workload.AskAsync(cancellationToken);
        }
    }

    private static async Task<string[]> LatencyAsync(BenchmarkPlatform platform, DateTime since, CancellationToken cancellationToken)
    {
        await using var command = platform.Database.CreateCommand(
            """
            select count(finished_at), count(*) - count(finished_at),
                coalesce(percentile_cont(0.5) within group (order by extract(epoch from finished_at - created_at) * 1000), 0)::float8,
                coalesce(percentile_cont(0.95) within group (order by extract(epoch from finished_at - created_at) * 1000), 0)::float8
            from activations where created_at >= $1
            """);
        command.Parameters.AddWithValue(since);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return
        [
            reader.GetInt64(0).ToString(CultureInfo.InvariantCulture), Report.Number(reader.GetDouble(2)), Report.Number(reader.GetDouble(3)),
            reader.GetInt64(1).ToString(CultureInfo.InvariantCulture),
        ];
    }

    private static Task<string> DeadTuplesAsync(BenchmarkPlatform platform, CancellationToken cancellationToken) => platform.ScalarAsync<string>(
        """
        select coalesce(string_agg(relname || ' ' || n_dead_tup || ' (' || n_live_tup || ')', ', '), '-')
        from (select * from pg_stat_user_tables where n_dead_tup > 0 order by n_dead_tup desc, relname limit 5) fullest
        """,
        cancellationToken);

    private static double RssMiB(int processId) =>
        File.ReadLines($"/proc/{processId}/status").Where(line => line.StartsWith("VmRSS:", StringComparison.Ordinal))
            .Select(line => double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024)
            .FirstOrDefault();
}
