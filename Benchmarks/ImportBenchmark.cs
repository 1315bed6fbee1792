using System.CommandLine;
using System.Globalization;
using Npgsql;

namespace Platform.Benchmarks;

/// <summary>How many traces of a ChapterX logs folder a second come in, and what that costs.</summary>
internal static class ImportBenchmark
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    public static Command Create()
    {
        var count = new Option<int>("--count") { Description = "How many traces.", DefaultValueFactory = _ => 20_000 };
        var runs = new Option<int>("--runs") { Description = "How many imports, each into an empty database.", DefaultValueFactory = _ => 3 };
        var seed = new Option<int>("--seed") { Description = "Seed of the synthetic traces: the same seed makes the same traces.", DefaultValueFactory = _ => 1 };
        var keep = new Option<string?>("--folder") { Description = "Folder for the synthetic traces. They are kept there and used again; created if missing. Default: a temporary folder." };
        var command = new Command("import", "'worker traces import' of synthetic ChapterX traces of about 37 kB, without bodies.") { count, runs, seed, keep };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            parsed.GetValue(count), parsed.GetValue(runs), parsed.GetValue(seed), parsed.GetValue(keep), cancellationToken));
        return command;
    }

    private static async Task RunAsync(int count, int runs, int seed, string? keep, CancellationToken cancellationToken)
    {
        Report.Begin("Import");
        var folder = keep ?? Path.Combine(Reaper.Folder, "import-benchmark");
        if (!Directory.Exists(Path.Combine(folder, "traces")))
        {
            var bytes = new LogFolder(folder, seed).Write(count);
            Console.WriteLine($"{count} trace files of {Report.Number(bytes / 1024d / count)} KiB on average\n");
        }

        await using var postgres = await PostgresServer.StartNewAsync(cancellationToken, BenchmarkPlatform.DurableSettings);
        Report.Head("run", "traces/s", "worker: CPU a trace, ms", "Postgres: CPU a trace, ms", "worker: peak memory, MiB", "database a trace, KiB");
        List<double[]> all = [];
        for (var run = 1; run <= runs; run++)
        {
            all.Add(await MeasureAsync(postgres, $"import{run}", folder, cancellationToken));
            Print(run.ToString(CultureInfo.InvariantCulture), all[^1]);
        }

        Print("median", [.. Enumerable.Range(0, all[0].Length).Select(column => Percentiles.Median(all.Select(row => row[column])))]);
        Console.WriteLine("\nThe rate is from the start of the run to its durable end, without the start of the process.");
    }

    private static async Task<double[]> MeasureAsync(PostgresServer postgres, string database, string folder, CancellationToken cancellationToken)
    {
        await postgres.ExecuteAsync($"create database {database}", cancellationToken);
        var settings = new Dictionary<string, string?>
        {
            ["ConnectionStrings__platformdb"] = postgres.ConnectionString(database),
            ["Logging__LogLevel__Default"] = "Warning",
        };
        await using (var migrate = HostProcess.Start("Worker", settings, "migrate"))
        {
            await EndAsync(migrate, cancellationToken);
        }

        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(postgres.ConnectionString(database)) { Pooling = false });
        var emptyBytes = await ScalarAsync<long>(source, $"select pg_database_size('{database}')", cancellationToken);
        var server = int.Parse((await File.ReadAllLinesAsync(Path.Combine(postgres.Folder, "data", "postmaster.pid"), cancellationToken))[0], CultureInfo.InvariantCulture);
        var before = ProcessCost.TreeSeconds(server);
        await using var import = HostProcess.Start("Worker", settings, "traces", "import", folder);
        var (seconds, memory) = await FollowAsync(import, cancellationToken);
        await EndAsync(import, cancellationToken);
        var serverSeconds = ProcessCost.TreeSeconds(server) - before;
        var traces = await ScalarAsync<long>(source, "select count(*) from traces", cancellationToken);
        var rate = await ScalarAsync<double>(
            source, "select (traces_imported / extract(epoch from finished_at - started_at))::float8 from import_runs", cancellationToken);
        var bytes = await ScalarAsync<long>(source, $"select pg_database_size('{database}')", cancellationToken) - emptyBytes;
        return [rate, 1000 * seconds / traces, 1000 * serverSeconds / traces, memory, bytes / 1024d / traces];
    }

    private static async Task<(double Seconds, double MiB)> FollowAsync(HostProcess import, CancellationToken cancellationToken)
    {
        var (seconds, memory) = (0d, 0d);
        while (!import.HasExited)
        {
            seconds = Math.Max(seconds, ProcessCost.Seconds(import.Id));
            memory = Math.Max(memory, ProcessCost.PeakMiB(import.Id));
            await Task.Delay(Look, cancellationToken);
        }

        return (seconds, memory);
    }

    private static async Task EndAsync(HostProcess host, CancellationToken cancellationToken)
    {
        if (await host.WaitForExitAsync(cancellationToken) != 0)
        {
            throw new InvalidOperationException($"The worker failed:\n{host.Log}");
        }
    }

    private static async Task<T> ScalarAsync<T>(NpgsqlDataSource source, string sql, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync(cancellationToken) is T value
            ? value
            : throw new InvalidOperationException($"No {typeof(T).Name} came of: {sql}");
    }

    private static void Print(string run, double[] values) => Report.Row(
        run, Report.Number(values[0], 0), Report.Number(values[1], 2), Report.Number(values[2], 2), Report.Number(values[3], 0), Report.Number(values[4]));
}
