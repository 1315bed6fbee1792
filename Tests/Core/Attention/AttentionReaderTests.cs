using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
using Platform.Contracts.Attention;
using Platform.Core.Attention;
using Platform.Core.Backups;
using Platform.Core.Storage;
using Platform.Tests.Core.Models;
using StackExchange.Redis;

namespace Platform.Tests.Core.Attention;

public sealed class AttentionReaderTests(LocalPostgres postgres, LocalRedis redis) : IAsyncLifetime
{
    private const string Provider = "providers:\n  local:\n    api_base: http://127.0.0.1:9/v1\n    provides: [served-*]\n";

    private const string Webhook = "insert into webhooks (id, tenant_id, kind, origin, url, event_types, enabled, disabled_reason, paused, failing_since) "
        + "values ('01900000-0000-7000-8000-0000000000f1', 'home', 'webhook', 'api', 'https://user:hunter2@lamps.example/hook?key=hunter2', '{*}', ";

    private const string FailedJob = "insert into hangfire.job (statename, invocationdata, arguments, createdat) values ('Failed', '{}', '[]', ";

    private const string WaitingDelivery = "insert into outbox (id, tenant_id, kind, target, dedupe_key, payload, created_at) "
        + "values (gen_random_uuid(), 'home', 'webhook', '01900000-0000-7000-8000-0000000000f1', '1', '{}', now() - interval '6 minutes')";

    // All is well: a worker leads, and a backup was made.
    private const string Well = """
        update leaders set owner = 'a', until = now() + interval '1 hour';
        insert into backups (id, file, cause, version, size_bytes, created_at) values (gen_random_uuid(), 'f', 'nightly', '0.1.0', 1, now());
        """;

    private TestDatabase _database = null!; // Set before each test.
    private NpgsqlDataSource _source = null!; // Set before each test.

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<AttentionKind, string, string> Conditions => new()
    {
        { AttentionKind.Worker, "update leaders set owner = null, until = null", "No worker is running" },
        { AttentionKind.TokenCeiling, "insert into daily_token_usage values ('home', (now() at time zone 'utc')::date, 80)", "80% of" },
        { AttentionKind.TokenCeiling, "insert into daily_token_usage values ('home', (now() at time zone 'utc')::date, 100)", "is reached" },
        { AttentionKind.Webhooks, $"{Webhook}true, null, false, now() - interval '2 minutes')", "lamps.example" },
        { AttentionKind.Webhooks, $"{Webhook}false, 'HTTP 410.', false, null)", "lamps.example" },
        {
            AttentionKind.DeadLetters,
            "insert into dead_letters (id, sequence, tenant_id, kind, target, dedupe_key, payload, tries, last_error, created_at) "
                + "select gen_random_uuid(), n, 'home', 'webhook', 't', n::text, '{}', 6, 'HTTP 500.', now() from generate_series(1, 2) n",
            "2 deliveries failed permanently"
        },
        {
            AttentionKind.WaitingDeliveries,
            WaitingDelivery,
            "1 delivery has been pending"
        },
        { AttentionKind.Jobs, Job("failed", "[]"), "tidy-up" },
        { AttentionKind.Jobs, Job("succeeded", """["an index is invalid"]"""), "tidy-up" },
        { AttentionKind.JobQueue, $"{FailedJob} now())", "1 job in the job queue failed" },
        { AttentionKind.Backups, "update backups set created_at = now() - interval '40 hours'", "older than 36 hours" },
        { AttentionKind.BotFiles, BotWith("true", "served-model", "false"), "bots/ada.yaml" },
        { AttentionKind.Models, BotWith("true", "other-model", "true"), "No configured provider serves the model of 1 bot: other-model." },
    };

    /// <summary>What somebody chose, or what is too early to tell.</summary>
    public static TheoryData<AttentionKind, string, string> Choices => new()
    {
        { AttentionKind.Backups, "delete from backups", "No backup exists yet." },
        { AttentionKind.Backups, "delete from backups; update schema_state set installed_at = now() - interval '40 hours'", "Backups are off" },
        { AttentionKind.DisabledBots, BotWith("false", "served-model", "true"), "ada" },
        { AttentionKind.PausedWebhooks, $"{Webhook}true, null, true, null); {WaitingDelivery}", "lamps.example" },
    };

    public async ValueTask InitializeAsync()
    {
        _database = await postgres.CreateDatabaseAsync(Token);
        _source = NpgsqlDataSource.Create(_database.ConnectionString);
        await _database.ExecuteAsync(Well, Token);
    }

    public async ValueTask DisposeAsync()
    {
        await _source.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task CheckAsync_AllIsWell_IsEmpty()
    {
        // What is young, runs, was delivered or belongs to others needs no attention.
        await _database.ExecuteAsync(
            $"""
            {BotWith("true", "served-model", "true")}
            {Webhook}true, null, false, now() - interval '10 seconds');
            {FailedJob} now() - interval '25 hours');
            {Job("succeeded", "[]")};
            insert into daily_token_usage values ('home', (now() at time zone 'utc')::date, 79);
            insert into outbox (id, tenant_id, kind, target, dedupe_key, payload) values (gen_random_uuid(), 'home', 'webhook', 't', '1', '{"{}"}');
            insert into tenants (id, name) values ('other', 'Other');
            insert into bot_files (tenant_id, path, loaded, content_hash, problems) values ('other', 'bots/x.yaml', false, '', '[]');
            """,
            Token);

        Assert.Empty(await CheckAsync());
    }

    [Theory]
    [MemberData(nameof(Conditions))]
    public async Task CheckAsync_Condition_IsNamedAlone(AttentionKind kind, string sql, string message)
    {
        await _database.ExecuteAsync(sql, Token);

        var item = Assert.Single(await CheckAsync());

        Assert.Equal((kind, AttentionLevel.Problem), (item.Kind, item.Level));
        Assert.Contains(message, item.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", item.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Choices))]
    public async Task CheckAsync_Choice_IsInformation(AttentionKind kind, string sql, string message)
    {
        await _database.ExecuteAsync(sql, Token);

        var item = Assert.Single(await CheckAsync());

        Assert.Equal((kind, AttentionLevel.Information), (item.Kind, item.Level));
        Assert.Contains(message, item.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CheckAsync_NoProviderAndABotThatNamesTheOfflineModel_IsWell()
    {
        await _database.ExecuteAsync(BotWith("true", "rehearsal", "true"), Token);

        Assert.Empty(await CheckAsync(shared: ""));
    }

    [Fact]
    public async Task CheckAsync_NoProvider_TellsThatNoModelIsConnected()
    {
        var item = Assert.Single(await CheckAsync(shared: ""));

        Assert.Equal(AttentionKind.Models, item.Kind);
    }

    [Fact]
    public async Task CheckAsync_WrongProviderSettings_AreNamed() =>
        Assert.Contains(await CheckAsync(shared: Provider + "  broken:\n    api_base: nonsense\n"), item => item.Kind == AttentionKind.ProviderSettings);

    [Fact]
    public async Task CheckAsync_RedisAndPostgresAway_NamesBoth()
    {
        await using var away = NpgsqlDataSource.Create("Host=127.0.0.1;Port=1");

        var items = await CheckAsync(source: away, redisAddress: "127.0.0.1:1,abortConnect=false,connectTimeout=100");

        Assert.Equal([AttentionKind.Postgres, AttentionKind.Redis], items.Select(item => item.Kind));
    }

    [Fact]
    public async Task CheckAsync_DiskOfPostgresFull_IsNamed()
    {
        var item = Assert.Single(await CheckAsync(failure: new PostgresException("no room", "ERROR", "ERROR", PostgresErrorCodes.DiskFull)));

        Assert.Equal((AttentionKind.Postgres, AttentionLevel.Problem), (item.Kind, item.Level));
        Assert.StartsWith("The disk of Postgres is full", item.Message, StringComparison.Ordinal);
    }

    private static string BotWith(string enabled, string model, string loaded) =>
        $"""
        insert into authors (id, tenant_id, kind, handle, display_name) values ('01900000-0000-7000-8000-0000000000b1', 'home', 'bot', 'ada', 'Ada');
        insert into bots (author_id, tenant_id, enabled, definition_hash, definition)
        values ('01900000-0000-7000-8000-0000000000b1', 'home', {enabled}, '', jsonb_build_object('continuation_model', '{model}'));
        insert into bot_files (tenant_id, path, bot_id, loaded, content_hash, problems)
        values ('home', 'bots/ada.yaml', '01900000-0000-7000-8000-0000000000b1', {loaded}, '', '[]');
        """;

    private static string Job(string state, string findings) =>
        "insert into schedules (name, description, period, runs_in, max_attempts, next_run) values ('tidy-up', '', '1 hour', 'leader', 3, now() + interval '1 hour');"
        + $"insert into schedule_runs (schedule, number, state, cause, due_at, findings) values ('tidy-up', 1, 'failed', 'due', now(), '[]'), ('tidy-up', 2, '{state}', 'due', now(), '{findings}')";

    private async Task<IReadOnlyList<AttentionItem>> CheckAsync(
        string shared = Provider, NpgsqlDataSource? source = null, string? redisAddress = null, PostgresException? failure = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ApplicationName = "tests-attention" });
        builder.Configuration.AddInMemoryCollection([new($"ConnectionStrings:{StorageOptions.ConnectionName}", _database.ConnectionString)]);
        builder.AddStorage(maxConnections: 1);
        builder.Services.AddSingleton(TimeProvider.System);
        using var storage = builder.Build();
        var state = storage.Services.GetRequiredService<DatabaseState>();
        if (failure is not null)
        {
            state.Note(failure);
        }

        await using var models = ModelsHost.Create(sharedYaml: shared, database: _database, settings: ("DAILY_TOKEN_CEILING", "100"));
        await using var connection = await ConnectionMultiplexer.ConnectAsync(redisAddress ?? await redis.ConnectionStringAsync(Token));
        source ??= _source;
        var reader = new AttentionReader(source, state, models.Catalog, models.Ceiling, new BackupRecords(source), connection, TimeProvider.System);
        return await reader.CheckAsync("home", Token);
    }
}
