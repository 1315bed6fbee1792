using System.CommandLine;

namespace Platform.Benchmarks;

/// <summary>What a platform costs that has nothing to do: most of the life of one at home.</summary>
internal static class IdleBenchmark
{
    /// <summary>The first runs of all schedules, and whatever a start leaves behind.</summary>
    private const string IsQuiet =
        """
        select count(*) > 0 and bool_and(run_number > 0) and not exists (select from schedule_runs where state in ('waiting', 'running'))
        from schedules
        """;

    private const string Transactions = "select xact_commit + xact_rollback from pg_stat_database where datname = current_database()";

    private const string ServersStatements =
        "from pg_stat_statements where dbid = (select oid from pg_database where datname = current_database()) and query not like '%pg_stat_statements%' and query not like '%pg_stat_database%'";

    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(15);

    public static Command Create()
    {
        var seconds = new Option<int>("--seconds") { Description = "Seconds to measure.", DefaultValueFactory = _ => 60 };
        var workers = new Option<int>("--workers") { Description = "How many workers.", DefaultValueFactory = _ => 2 };
        var command = new Command("idle", "Api, workers and Web with nothing to do: statements, connections, memory.") { seconds, workers };
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed.GetValue(seconds), parsed.GetValue(workers), cancellationToken));
        return command;
    }

    private static async Task RunAsync(int seconds, int workers, CancellationToken cancellationToken)
    {
        Report.Begin("An idle platform");
        await using var platform = await BenchmarkPlatform.StartAsync(
            workers, withApi: true, cancellationToken, "shared_preload_libraries=pg_stat_statements", "max_connections=50");
        await platform.AddWebAsync(cancellationToken);
        await platform.ExecuteAsync("create extension pg_stat_statements", cancellationToken);
        await platform.UntilAsync(IsQuiet, TimeSpan.FromSeconds(1), cancellationToken);
        await Task.Delay(Settling, cancellationToken);

        var processor = platform.Processes.ToDictionary(process => process.Id, process => ProcessCost.Seconds(process.Id));
        await platform.ExecuteAsync("select pg_stat_statements_reset()", cancellationToken);
        var before = await platform.ScalarAsync<long>(Transactions, cancellationToken);
        await Task.Delay(TimeSpan.FromSeconds(seconds), cancellationToken);
        var transactions = await platform.ScalarAsync<long>(Transactions, cancellationToken) - before;
        var statements = await platform.ScalarAsync<long>($"select coalesce(sum(calls), 0)::bigint {ServersStatements}", cancellationToken);
        var resets = await platform.ScalarAsync<long>($"select coalesce(sum(calls), 0)::bigint {ServersStatements} and query ilike 'discard all'", cancellationToken);

        Report.Head($"over {seconds} s", "a second");
        Report.Row("transactions", PerSecond(transactions));
        Report.Row("statements", PerSecond(statements));
        Report.Row("of these DISCARD ALL", PerSecond(resets));
        Console.WriteLine();
        await PrintStatementsAsync(platform, seconds, cancellationToken);
        await PrintConnectionsAsync(platform, cancellationToken);
        Report.Head("process", "PSS MiB", "processor ms a second");
        foreach (var (name, id) in platform.Processes)
        {
            Report.Row(name, Report.Number(ProcessCost.PssMiB(id), 0), Report.Number((ProcessCost.Seconds(id) - processor[id]) * 1000 / seconds));
        }

        string PerSecond(long count) => Report.Number((double)count / seconds);
    }

    private static async Task PrintStatementsAsync(BenchmarkPlatform platform, int seconds, CancellationToken cancellationToken)
    {
        Report.Head("statement", "a second");
        await PrintAsync(
            platform,
            $"""
            select left(regexp_replace(query, '\s+', ' ', 'g'), 100), round(calls::numeric / {seconds}, 2)::text
            {ServersStatements}
            order by calls desc, query
            limit 15
            """,
            cancellationToken);
    }

    private static async Task PrintConnectionsAsync(BenchmarkPlatform platform, CancellationToken cancellationToken)
    {
        Report.Head("connections of", "number");
        await PrintAsync(
            platform,
            """
            select coalesce(nullif(application_name, ''), 'this benchmark'), count(*)::text
            from pg_stat_activity
            where backend_type = 'client backend'
            group by 1
            order by 1
            """,
            cancellationToken);
    }

    private static async Task PrintAsync(BenchmarkPlatform platform, string sql, CancellationToken cancellationToken)
    {
        await using var command = platform.Database.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            Report.Row(reader.GetString(0).Replace('|', '/'), reader.GetString(1));
        }

        Console.WriteLine();
    }
}
