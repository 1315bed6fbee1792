using Platform.Contracts.Traces;
using Platform.Core.Access;
using Platform.Tests.Core.Traces.ChapterX;

namespace Platform.Tests.Core.Retention;

public sealed class RetentionSweepTests(LocalPostgres postgres) : IAsyncLifetime
{
    private TestDatabase? _database;

    private TestDatabase Database => _database ?? throw new InvalidOperationException("The database is made in InitializeAsync.");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _database = await postgres.CreateDatabaseAsync(Token);

    public async ValueTask DisposeAsync() => await (_database?.DisposeAsync() ?? ValueTask.CompletedTask);

    [Fact]
    public async Task RunAsync_Defaults_DropsBodiesAfterThreeDaysAndTracesAfterSeven()
    {
        using var host = await RetentionHost.StartAsync(Database, Token);
        var fresh = await host.AddTraceAsync(0, Token);
        var kept = await host.AddTraceAsync(3, Token);
        var withoutBody = await host.AddTraceAsync(4, Token);
        var lastDay = await host.AddTraceAsync(7, Token);
        await host.AddTraceAsync(8, Token);

        var (dropped, failed) = await host.Sweep.RunAsync(Token);

        Assert.Empty(failed);
        Assert.Equal(["bodies", "events", "traces"], dropped.Keys.Order(StringComparer.Ordinal));
        Guid[] left = [fresh, kept, withoutBody, lastDay];
        Assert.Equal(left.Order(), (await host.IdsAsync("traces", Token)).Order());
        Assert.Equal(4, await Database.ScalarAsync<long>("select count(*) from trace_documents", Token));
        Assert.Equal(2, await Database.ScalarAsync<long>("select count(*) from bodies", Token));
        Assert.Equal(0, await Database.ScalarAsync<long>("select count(*) from llm_calls c where not exists (select from traces t where t.id = c.trace_id)", Token));
        Assert.Equal(4, await Database.ScalarAsync<long>("select count(*) from trace_messages", Token));
    }

    [Fact]
    public async Task RunAsync_BodyDropped_TheTraceSaysWhen()
    {
        using var host = await RetentionHost.StartAsync(Database, Token);
        var trace = await host.AddTraceAsync(5, Token);
        var whole = await host.AddTraceAsync(1, Token);

        await host.Sweep.RunAsync(Token);

        var gone = Assert.Single((await host.Traces.BodiesAsync(trace, Token)).Single());
        Assert.Null(gone.SizeBytes);
        Assert.NotNull(gone.DroppedAt);
        Assert.Null(await host.Traces.BodyAsync(trace, "call", BodyKind.Request, 0, Token));
        var here = Assert.Single((await host.Traces.BodiesAsync(whole, Token)).Single());
        Assert.Equal((100, null), (here.SizeBytes, here.DroppedAt));
    }

    [Fact]
    public async Task RunAsync_OldEventsAndDeadLetters_Go()
    {
        using var host = await RetentionHost.StartAsync(Database, Token, ("Retention:Events", "2.00:00:00"), ("Retention:DeadLetters", "30"));
        await Database.ExecuteAsync(
            """
            insert into event_log (stored_day, position, id, tenant_id, type, data, created_at)
            select (now() at time zone 'utc')::date - age, 10 - age, gen_random_uuid(), 'home', 'message.created', '{}', now()
            from generate_series(0, 3) age;
            insert into dead_letters (id, sequence, tenant_id, kind, target, dedupe_key, payload, tries, last_error, created_at, died_at)
            select gen_random_uuid(), age, 'home', 'webhook', 'a', age, '{}', 6, 'no', now(), now() - age * interval '1 day'
            from unnest(array[0, 29, 31]) age
            """,
            Token);

        var (dropped, failed) = await host.Sweep.RunAsync(Token);

        Assert.Empty(failed);
        Assert.Equal(1, dropped["events"].Rows);
        Assert.Equal(8, await Database.ScalarAsync<long>("select min(position) from event_log", Token));
        Assert.Equal(29, await Database.ScalarAsync<long>("select max(sequence) from dead_letters", Token));
    }

    [Fact]
    public async Task RunAsync_EffectsThatNobodyCouldSendForTooLong_AreDeadLetters()
    {
        using var host = await RetentionHost.StartAsync(Database, Token, ("Retention:Outbox", "2.00:00:00"));
        await Database.ExecuteAsync(
            """
            insert into outbox (id, tenant_id, kind, target, dedupe_key, payload, attempt, not_before, lease_owner, lease_until, created_at)
            select gen_random_uuid(), 'home', 'webhook', 'a', age, '{"n":1}', 3, now() - age * interval '1 day', owner,
                case when owner is not null then now() + interval '4 seconds' end, now() - interval '9 days'
            from (values (0, null), (1, null), (3, null), (4, 'relay')) as waiting (age, owner)
            """,
            Token);

        var (dropped, failed) = await host.Sweep.RunAsync(Token);

        Assert.Empty(failed);
        Assert.Equal(1, dropped["outbox"].Rows);
        Assert.Equal("0,1,4", await Database.ScalarAsync<string>("select string_agg(dedupe_key, ',' order by dedupe_key) from outbox", Token));
        Assert.Equal("3 3 {\"n\":1}", await Database.ScalarAsync<string>("select dedupe_key || ' ' || tries || ' ' || payload from dead_letters", Token));
    }

    [Fact]
    public async Task RunAsync_OneClassIsHeldUpForTooLong_TheOthersGoOn()
    {
        using var host = await RetentionHost.StartAsync(Database, Token, ("Storage:CommandTimeout", "00:00:01"));
        await host.AddTraceAsync(8, Token);
        await using var source = Npgsql.NpgsqlDataSource.Create(Database.ConnectionString);
        await using var other = await source.OpenConnectionAsync(Token);
        await using var transaction = await other.BeginTransactionAsync(Token);
        var partition = await Database.ScalarAsync<string>("select min(inhrelid::regclass::text) from pg_inherits where inhparent = 'bodies'::regclass and inhrelid::regclass::text ~ '[0-9]{8}'", Token);
        await using var hold = new Npgsql.NpgsqlCommand($"lock table {partition} in access exclusive mode", other, transaction);
        await hold.ExecuteNonQueryAsync(Token);

        var (dropped, failed) = await host.Sweep.RunAsync(Token);

        Assert.Equal(["bodies"], failed.Keys);
        Assert.Contains("traces", dropped.Keys);
        Assert.Equal(0, await Database.ScalarAsync<long>("select count(*) from retention_runs where finished_at is null", Token));
    }

    [Fact]
    public async Task RunAsync_ZeroForAClass_KeepsIt()
    {
        using var host = await RetentionHost.StartAsync(Database, Token, ("Retention:Traces", "0"), ("Retention:Bodies", "00:00:00"), ("Retention:Events", "0"));
        await host.AddTraceAsync(39, Token);

        var (dropped, _) = await host.Sweep.RunAsync(Token);

        Assert.Empty(dropped);
        Assert.Single(await host.IdsAsync("traces", Token));
    }

    [Fact]
    public async Task RunAsync_ImportedLongAgo_KeepsEveryTraceDocumentAndBody()
    {
        using var host = await RetentionHost.StartAsync(Database, Token);
        using var import = new ImportHost(Database.ConnectionString);
        await import.ImportFolderAsync(Samples.Path("chapterx-logs"), Token);
        await Database.ExecuteAsync("update traces set stored_at = now() - interval '3 years'", Token);
        var bodies = await Database.ScalarAsync<long>("select count(*) from bodies", Token);

        await host.Sweep.RunAsync(Token);
        await host.Cap.ApplyAsync(1, Token);

        Assert.True(bodies > 0);
        Assert.Equal(15, await Database.ScalarAsync<long>("select count(*) from traces", Token));
        Assert.Equal(15, await Database.ScalarAsync<long>("select count(*) from trace_documents_kept", Token));
        Assert.Equal(bodies, await Database.ScalarAsync<long>("select count(*) from bodies_kept", Token));
    }

    [Fact]
    public async Task RunAsync_ImportedTracesHaveATime_TakesThemWithDocumentsAndBodiesOfNobodyElse()
    {
        using var host = await RetentionHost.StartAsync(Database, Token, ("Retention:ImportedTraces", "90.00:00:00"));
        using var import = new ImportHost(Database.ConnectionString);
        await import.ImportFolderAsync(Samples.Path("chapterx-logs"), Token);
        var young = (await import.Reader.FindAsync(Tenant.Home, "ca4c72f4", Token)).Trace?.Id ?? throw new InvalidOperationException("The sample is there.");
        await Database.ExecuteAsync($"update traces set stored_at = now() - interval '91 days' where id <> '{young}'", Token);

        var (dropped, failed) = await host.Sweep.RunAsync(Token);

        Assert.Empty(failed);
        Assert.True(dropped["imported-traces"].Rows >= 14);
        Assert.Equal(young, Assert.Single(await host.IdsAsync("traces", Token)));
        Assert.Equal(1, await Database.ScalarAsync<long>("select count(*) from trace_documents", Token));
        Assert.NotNull(await import.Reader.BodyAsync(young, "ca4c72f4-llm-0", BodyKind.Request, 0, Token));
        Assert.Equal(
            await Database.ScalarAsync<long>("select count(distinct sha256) from llm_call_bodies where sha256 is not null", Token),
            await Database.ScalarAsync<long>("select count(*) from bodies", Token));
    }

    [Fact]
    public async Task RunAsync_OldMessages_GoAndWhatPointedAtThemStays()
    {
        using var host = await RetentionHost.StartAsync(Database, Token);
        var old = await host.AddMessageAsync(366, Token);
        var reply = await host.AddMessageAsync(364, Token, replyTo: old);
        var activation = await host.AddActivationAsync(1, Token, trigger: old);

        var (dropped, failed) = await host.Sweep.RunAsync(Token);

        Assert.Empty(failed);
        Assert.Equal(1, dropped["messages"].Rows);
        Assert.Equal(reply, Assert.Single(await host.IdsAsync("messages", Token)));
        Assert.Equal(activation, Assert.Single(await host.IdsAsync("activations", Token)));
        Assert.Equal(0, await Database.ScalarAsync<long>("select count(*) from messages where reply_to is not null", Token));
        Assert.Equal(3, await Database.ScalarAsync<long>("select next_sequence from channels where kind = 'conversation'", Token));
    }

    [Fact]
    public async Task RunAsync_EndedActivations_GoUnlessAMessageOrATraceIsLeft()
    {
        using var host = await RetentionHost.StartAsync(Database, Token, ("Retention:Traces", "0"));
        await host.AddActivationAsync(31, Token);
        var young = await host.AddActivationAsync(29, Token);
        var waiting = await host.AddActivationAsync(31, Token, state: "queued");
        var answered = await host.AddActivationAsync(31, Token, state: "answered");
        await host.AddMessageAsync(31, Token, activation: answered);
        var traced = await host.AddActivationAsync(31, Token);
        var trace = await host.AddTraceAsync(31, Token);
        await Database.ExecuteAsync($"update traces set activation_id = '{traced}' where id = '{trace}'", Token);

        var (dropped, failed) = await host.Sweep.RunAsync(Token);

        Assert.Empty(failed);
        Assert.Equal(1, dropped["activations"].Rows);
        Guid[] left = [young, waiting, answered, traced];
        Assert.Equal(left.Order(), (await host.IdsAsync("activations", Token)).Order());
    }

    [Fact]
    public async Task RunAsync_OldRuns_GoButTheNewestOfEachScheduleStays()
    {
        using var host = await RetentionHost.StartAsync(Database, Token);
        await Database.ExecuteAsync(
            """
            insert into schedules (name, description, period, runs_in, max_attempts, next_run, run_number) values ('s', '', '1 hour', 'leader', 3, now(), 3);
            insert into schedule_runs (schedule, number, state, cause, due_at, finished_at)
            select 's', number, 'succeeded', 'due', now(), now() - interval '31 days' from generate_series(1, 3) number;
            insert into retention_runs (id, class, cause, started_at) values
                (gen_random_uuid(), 'old', 'age', now() - interval '31 days'), (gen_random_uuid(), 'young', 'age', now() - interval '29 days');
            insert into import_runs (id, tenant_id, source, state, finished_at) values
                (gen_random_uuid(), 'home', 'old', 'completed', now() - interval '31 days'),
                (gen_random_uuid(), 'home', 'young', 'completed', now() - interval '29 days');
            """,
            Token);

        await host.Sweep.RunAsync(Token);

        Assert.Equal(3, await Database.ScalarAsync<long>("select sum(number)::bigint from schedule_runs", Token));
        Assert.Equal(0, await Database.ScalarAsync<long>("select count(*) from retention_runs where class = 'old'", Token));
        Assert.Equal(1, await Database.ScalarAsync<long>("select count(*) from retention_runs where class = 'young'", Token));
        Assert.Equal("young", await Database.ScalarAsync<string>("select string_agg(source, ',') from import_runs", Token));
    }

    [Fact]
    public async Task RunAsync_MoreRowsThanABatch_TakesAll()
    {
        using var host = await RetentionHost.StartAsync(Database, Token);
        await host.AddMessageAsync(1, Token);
        await Database.ExecuteAsync(
            """
            insert into messages (id, tenant_id, channel_id, sequence, author_id, role, content, created_at)
            select gen_random_uuid(), 'home', channel_id, 10 + number, author_id, 'user', '', now() - interval '400 days'
            from messages, generate_series(1, 2500) number
            """,
            Token);

        var (dropped, _) = await host.Sweep.RunAsync(Token);

        Assert.Equal(2500, dropped["messages"].Rows);
        Assert.Single(await host.IdsAsync("messages", Token));
    }

    [Fact]
    public async Task DropAsync_SomebodyReadsTheTable_WaitsForItWithoutHoldingUpOthers()
    {
        using var host = await RetentionHost.StartAsync(Database, Token);
        await host.AddTraceAsync(5, Token);
        await using var reader = await Database.OpenAsync(Token);
        await using var transaction = await reader.BeginTransactionAsync(Token);
        await using var read = new Npgsql.NpgsqlCommand("select count(*) from bodies", reader);
        await read.ExecuteScalarAsync(Token);

        var dropping = host.Sweep.RunAsync(Token);
        await Eventually.TrueAsync(
            async token => await Database.ScalarAsync<bool>(
                "select exists (select from pg_locks where not granted and mode = 'AccessExclusiveLock')", token),
            TestPlatform.Patience,
            "the drop waits for the reader");
        await Database.ExecuteAsync("set statement_timeout = '2s'; select count(*) from bodies", Token);
        Assert.False(dropping.IsCompleted);
        await transaction.CommitAsync(Token);

        var (dropped, failed) = await dropping;
        Assert.Empty(failed);
        Assert.True(dropped["bodies"].Partitions > 0);
    }
}
