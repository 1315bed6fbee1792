using System.IO.Compression;
using Npgsql;
using Platform.Core.Storage;

namespace Platform.Tests.Core.Storage;

/// <summary>
/// Databases of earlier releases, as pg_dump wrote them (Tests/Fixtures/databases): with conversations, traces and bodies, and left by a worker that was
/// killed while it executed two long runs and a third one waited in the queue.
/// </summary>
public sealed class UpgradeTests(LocalPostgres postgres, LocalRedis redis)
{
    private static readonly string[] TablesOfHangfire =
        ["aggregatedcounter", "counter", "hash", "job", "jobparameter", "jobqueue", "list", "lock", "schema", "server", "set", "state"];

    private static readonly string[] Contents =
    [
        "select concat_ws(' ', 'message', id, channel_id, sequence, role, activation_id, content) from messages",
        "select concat_ws(' ', 'activation', id, state, silent_reason, attempt, finished_at) from activations",
        "select concat_ws(' ', 'trace', t.id, t.activation_id, md5(d.content)) from traces t join trace_documents d on d.trace_id = t.id",
        "select concat_ws(' ', 'call', c.id, c.trace_id, c.tokens_in, c.tokens_out, md5(b.content)) from llm_calls c join llm_call_bodies l on l.llm_call_id = c.id join bodies b using (stored_day, sha256)",
        "select concat_ws(' ', 'run', schedule, number, state, attempt, finished_at, result) from schedule_runs",
    ];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Migrate_DatabaseOf010_KeepsItsDataAndRunsWhatWasOpenOnce()
    {
        await using var database = await postgres.CreateEmptyDatabaseAsync(Token);
        await RestoreAsync(database, "0.1.0.sql.gz");
        var settings = new Dictionary<string, string?>
        {
            ["ConnectionStrings__platformdb"] = database.ConnectionString,
            ["ConnectionStrings__redis"] = await redis.ConnectionStringAsync(Token),
        };
        var before = await LinesAsync(database, string.Join(" union all ", Contents));
        Assert.Contains(before, line => line.EndsWith("Thank you.", StringComparison.Ordinal));
        Assert.Contains(before, line => line.StartsWith("call ", StringComparison.Ordinal));
        Assert.Equal(
            ["index-check 2 running 1", "retention-by-age 2 running 1", "retention-by-size 2 waiting 0"], await OpenRunsAsync(database));

        await using (var migrate = HostProcess.Start("Worker", settings, "migrate"))
        {
            Assert.True(await migrate.WaitForExitAsync(Token) == 0, migrate.Log);
        }

        Assert.Equal(before, await LinesAsync(database, string.Join(" union all ", Contents)));
        Assert.Equal(
            TablesOfHangfire, await LinesAsync(database, "select relname::text from pg_class where relnamespace = 'hangfire'::regnamespace and relkind = 'r'"));
        Assert.False(await database.ScalarAsync<bool>("select exists (select from schedule_runs where state = 'waiting' and enqueued_at is not null)", Token));

        // What was open runs, and nothing else: all schedules have been due since the fixture was made.
        await database.ExecuteAsync("update schedules set next_run = now() + interval '1 day'", Token);
        await using var worker = await HostProcess.StartReadyAsync("Worker", settings, Token);
        await Eventually.TrueAsync(
            async token => await database.ScalarAsync<bool>("select not exists (select from schedule_runs where finished_at is null)", token),
            TestPlatform.Patience,
            $"every open run has ended; the worker says:\n{worker.Log}");

        // The two that were under way were begun once by the killed worker and once by this one, the third only by this one.
        Assert.Equal(
            ["index-check 2 succeeded 2", "retention-by-age 2 succeeded 2", "retention-by-size 2 succeeded 1"],
            await LinesAsync(database, "select concat_ws(' ', schedule, number, state, attempt) from schedule_runs where number = 2"));
        await Eventually.TrueAsync(
            async token => await database.ScalarAsync<bool>("select count(*) = 3 and bool_and(statename = 'Succeeded') from hangfire.job", token),
            TestPlatform.Patience,
            "each was one job of the new queue");
    }

    /// <summary>A version that looks for the job queue's tables of before must be refused at a rollback, or get the data of before.</summary>
    [Fact]
    public async Task Migrate_Current_AsksForAVersionThatKnowsTheJobQueueAndThatThisOneIs()
    {
        await using var database = await postgres.CreateDatabaseAsync(Token);

        var since = Version.Parse(await database.ScalarAsync<string>("select readable_since from schema_state", Token) ?? "");

        Assert.True(since >= new Version(0, 2, 0), $"The schema says that {since} can read it.");
        var own = Assert.IsType<Version>(typeof(Migrator).Assembly.GetName().Version);
        Assert.True(new Version(own.Major, own.Minor, own.Build) >= since, $"This is {own}, and its own schema asks for {since}: see Version in Directory.Build.props.");
    }

    private static Task<List<string>> OpenRunsAsync(TestDatabase database) =>
        LinesAsync(database, "select concat_ws(' ', schedule, number, state, attempt) from schedule_runs where finished_at is null");

    private static async Task RestoreAsync(TestDatabase database, string name)
    {
        await using var file = File.OpenRead(Repository.PathOf("Tests", "Fixtures", "databases", name));
        await using var unzipped = new GZipStream(file, CompressionMode.Decompress);
        using var reader = new StreamReader(unzipped);
        await database.ExecuteAsync(await reader.ReadToEndAsync(Token), Token);
    }

    private static async Task<List<string>> LinesAsync(TestDatabase database, string sql)
    {
        await using var connection = await database.OpenAsync(Token);
        await using var command = new NpgsqlCommand($"select * from ({sql}) lines (line) order by line collate \"C\"", connection);
        await using var reader = await command.ExecuteReaderAsync(Token);
        List<string> lines = [];
        while (await reader.ReadAsync(Token))
        {
            lines.Add(reader.GetString(0));
        }

        return lines;
    }
}
