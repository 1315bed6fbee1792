using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Hangfire;
using Hangfire.States;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Platform.Core.Jobs;
using Platform.Core.Retention;

namespace Platform.Benchmarks;

/// <summary>What the job queue costs when it is idle, how soon a job is executed, and how soon again after its worker was killed.</summary>
internal static class JobsBenchmark
{
    private const string HangIn = "retention-by-age";

    public static Command Create()
    {
        var count = new Option<int>("--count") { Description = "How many jobs, one at a time.", DefaultValueFactory = _ => 200 };
        var kills = new Option<int>("--kills") { Description = "How many workers are killed.", DefaultValueFactory = _ => 5 };
        var idle = new Option<int>("--idle") { Description = "Seconds of idleness that are counted.", DefaultValueFactory = _ => 60 };
        var command = new Command("jobs", "Two workers and the Api: Hangfire idle, pickup of a job, run again after SIGKILL, connections, memory.") { count, kills, idle };
        command.SetAction((parsed, cancellationToken) =>
            RunAsync(parsed.GetValue(count), parsed.GetValue(kills), TimeSpan.FromSeconds(parsed.GetValue(idle)), cancellationToken));
        return command;
    }

    private static async Task RunAsync(int count, int kills, TimeSpan idle, CancellationToken cancellationToken)
    {
        Report.Begin("The job queue");
        await using var platform = await BenchmarkPlatform.StartAsync(
            workerCount: 2, withApi: true, cancellationToken, "shared_preload_libraries=pg_stat_statements", "max_connections=50");
        await platform.ExecuteAsync("create extension pg_stat_statements", cancellationToken);
        await platform.UntilAsync("select exists (select from schedules)", cancellationToken);
        await platform.ExecuteAsync("update schedules set next_run = now() + interval '1 day'", cancellationToken);

        using var watching = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var most = MostConnectionsAsync(platform, watching.Token);
        await MeasureIdleAsync(platform, idle, cancellationToken);
        await MeasurePickupAsync(platform, count, cancellationToken);
        await MeasureKillsAsync(platform, kills, cancellationToken);
        await watching.CancelAsync();
        Report.Head("connections", "at most at one time");
        foreach (var (name, connections) in (await most).OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            Report.Row(name, connections.ToString(CultureInfo.InvariantCulture));
        }
    }

    private static async Task MeasureIdleAsync(BenchmarkPlatform platform, TimeSpan idle, CancellationToken cancellationToken)
    {
        await Task.Delay(TimeSpan.FromSeconds(10), cancellationToken);
        await platform.ExecuteAsync("select pg_stat_statements_reset()", cancellationToken);
        await Task.Delay(idle, cancellationToken);
        const string OfHangfire = "query like '%\"hangfire\".%'";
        var statements = await platform.ScalarAsync<decimal>($"select coalesce(sum(calls), 0) from pg_stat_statements where {OfHangfire}", cancellationToken);
        var milliseconds = await platform.ScalarAsync<double>($"select coalesce(sum(total_exec_time), 0) from pg_stat_statements where {OfHangfire}", cancellationToken);
        Report.Head("idle, two workers", "value");
        Report.Row("statements of Hangfire a second", Report.Number((double)statements / idle.TotalSeconds, 2));
        Report.Row("their execution, ms a second", Report.Number(milliseconds / idle.TotalSeconds, 2));
        foreach (var (name, id) in platform.Processes)
        {
            using var process = Process.GetProcessById(id);
            Report.Row($"{name}, RSS and PSS in MiB", $"{Report.Number(process.WorkingSet64 / 1024.0 / 1024, 0)} and {Report.Number(ProcessCost.PssMiB(id), 0)}");
        }

        Console.WriteLine();
    }

    private static async Task MeasurePickupAsync(BenchmarkPlatform platform, int count, CancellationToken cancellationToken)
    {
        await using var services = new ServiceCollection()
            .AddLogging()
            .AddSingleton(platform.Database)
            .Configure<RetentionOptions>(_ => { })
            .AddJobs()
            .BuildServiceProvider();
        var client = services.GetRequiredService<IBackgroundJobClientV2>();
        List<double> begun = [];
        List<double> ended = [];
        for (var number = -10; number < count; number++)
        {
            await Task.Delay(Random.Shared.Next(50, 250), cancellationToken);

            // No schedule has this name, so the job does nothing.
            var job = client.Enqueue<IMaintenanceJob>(JobQueues.Maintenance, one => one.RunAsync("nothing", 1, CancellationToken.None));
            var committed = TimeProvider.System.GetUtcNow().UtcDateTime;
            await platform.UntilAsync($"select statename = '{SucceededState.StateName}' from hangfire.job where id = {job}", cancellationToken);
            if (number >= 0)
            {
                begun.Add(await SinceAsync(ProcessingState.StateName));
                ended.Add(await SinceAsync(SucceededState.StateName));
            }

            async Task<double> SinceAsync(string state)
            {
                var at = await platform.ScalarAsync<DateTime>($"select createdat from hangfire.state where jobid = {job} and name = '{state}' order by id desc limit 1", cancellationToken);
                return Math.Max(0, (at.ToUniversalTime() - committed).TotalMilliseconds);
            }
        }

        Report.Head($"ms from the commit, {count} jobs", "p50", "p95", "longest");
        Print("to the beginning", begun);
        Print("to the end of a job that does nothing", ended);
        Console.WriteLine();

        static void Print(string name, List<double> values) =>
            Report.Row([name, .. new[] { 50d, 95, 100 }.Select(percent => Report.Number(Percentiles.Of(values, percent)))]);
    }

    private static async Task MeasureKillsAsync(BenchmarkPlatform platform, int kills, CancellationToken cancellationToken)
    {
        List<double> run = [];
        List<double> job = [];
        for (var kill = 0; kill < kills; kill++)
        {
            var (seconds, jobSeconds) = await MeasureKillAsync(platform, cancellationToken);
            run.Add(seconds);
            job.Add(jobSeconds);
            await platform.AddWorkerAsync(cancellationToken);
        }

        Report.Head($"seconds from SIGKILL of the worker, {kills} times", "shortest", "median", "longest");
        Print("until the run is executed by the other worker", run);
        Print("until Hangfire gives the dead worker's job to another", job);
        Console.WriteLine();

        static void Print(string name, List<double> values) =>
            Report.Row(name, Report.Number(values.Min(), 1), Report.Number(Percentiles.Median(values), 1), Report.Number(values.Max(), 1));
    }

    private static async Task<(double Run, double Job)> MeasureKillAsync(BenchmarkPlatform platform, CancellationToken cancellationToken)
    {
        // The run waits for this table until its worker is dead.
        await using var blocking = await platform.Database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await blocking.BeginTransactionAsync(cancellationToken);
        await using (var block = new NpgsqlCommand("lock table retention_runs in access exclusive mode", blocking, transaction))
        {
            await block.ExecuteNonQueryAsync(cancellationToken);
        }

        await platform.ExecuteAsync($"update schedules set asked_at = now() where name = '{HangIn}'", cancellationToken);
        await platform.UntilAsync($"select exists (select from schedule_runs where schedule = '{HangIn}' and state = 'running')", cancellationToken);
        var owner = await platform.ScalarAsync<string>($"select owner from schedule_runs where schedule = '{HangIn}' and state = 'running'", cancellationToken);
        var number = await platform.ScalarAsync<long>($"select number from schedule_runs where schedule = '{HangIn}' and state = 'running'", cancellationToken);
        await platform.UntilAsync("select exists (select from hangfire.jobqueue where fetchedat is not null)", cancellationToken);
        var id = await platform.ScalarAsync<long>("select min(id) from hangfire.jobqueue where fetchedat is not null", cancellationToken);
        await Task.Delay(Random.Shared.Next(1000), cancellationToken);

        var sinceKill = Stopwatch.StartNew();
        await platform.KillAsync(platform.Workers.Single(one => owner.Contains($"-{one.Id}-", StringComparison.Ordinal)));
        await transaction.RollbackAsync(cancellationToken);
        await platform.UntilAsync($"select attempt = 2 from schedule_runs where schedule = '{HangIn}' and number = {number}", cancellationToken);
        var run = sinceKill.Elapsed.TotalSeconds;
        await platform.UntilAsync($"select not exists (select from hangfire.jobqueue where id = {id})", cancellationToken);
        return (run, sinceKill.Elapsed.TotalSeconds);
    }

    /// <summary>Looks ten times a second until it is told to stop.</summary>
    private static async Task<Dictionary<string, long>> MostConnectionsAsync(BenchmarkPlatform platform, CancellationToken stop)
    {
        const string All = "all, with this benchmark's own";
        Dictionary<string, long> most = [];
        try
        {
            while (true)
            {
                await using var command = platform.Database.CreateCommand(
                    """
                    select application_name, count(*) from pg_stat_activity where datname = 'platformdb' and application_name <> '' group by 1
                    union all
                    select @all, count(*) from pg_stat_activity where backend_type = 'client backend'
                    """);
                command.Parameters.AddWithValue("all", All);
                await using var reader = await command.ExecuteReaderAsync(stop);
                while (await reader.ReadAsync(stop))
                {
                    var name = reader.GetString(0);
                    most[name] = Math.Max(most.GetValueOrDefault(name), reader.GetInt64(1));
                }

                await Task.Delay(TimeSpan.FromMilliseconds(100), stop);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return most;
        }
    }
}
