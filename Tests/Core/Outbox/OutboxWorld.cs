using Npgsql;
using Platform.Contracts.Outbox;
using Platform.Core.EventLog;
using Platform.Core.Outbox;
using Platform.Core.Storage;

namespace Platform.Tests.Core.Outbox;

/// <summary>A database with the outbox's classes on it.</summary>
internal sealed class OutboxWorld : IAsyncDisposable
{
    /// <summary>Pauses after 3 failures for 1, 2 and 4 minutes.</summary>
    public static readonly PauseRule Pauses = new(3, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(4));

    private readonly TestDatabase _database;

    private OutboxWorld(TestDatabase database)
    {
        this._database = database;
        Source = NpgsqlDataSource.Create(database.ConnectionString);
        Queue = new OutboxQueue(Source);
        Recorder = new DeliveryRecorder(Source, Pauses);
        Sequencer = new EventSequencer(Source, new DayPartitions(Source));
    }

    public NpgsqlDataSource Source { get; }

    public OutboxQueue Queue { get; }

    public DeliveryRecorder Recorder { get; }

    public EventSequencer Sequencer { get; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<OutboxWorld> CreateAsync(LocalPostgres postgres) => new(await postgres.CreateDatabaseAsync(Token));

    /// <summary>Puts an effect in.</summary>
    /// <returns>Its id.</returns>
    public async Task<Guid> PutAsync(string target, string? orderingKey = null, string? dedupeKey = null, string? eventType = null)
    {
        var effect = new NewEffect(
            "home", EffectKind.Webhook, target, dedupeKey ?? Guid.NewGuid().ToString(), "{}", orderingKey, eventType);
        await InTransactionAsync(batch => OutboxWriter.AddTo(batch, effect));
        return effect.Id;
    }

    /// <summary>Writes events in one transaction.</summary>
    public Task TellAsync(params NewPlatformEvent[] events) => InTransactionAsync(batch => PlatformEventWriter.AddTo(batch, events));

    public async Task<Guid> SubscribeAsync(string[] types, string kind = "webhook", string tenant = "home")
    {
        var id = Guid.CreateVersion7();
        await using var command = Source.CreateCommand(
            "insert into webhooks (id, tenant_id, kind, origin, url, event_types) values (@id, @tenant, @kind, 'api', 'http://127.0.0.1:9/', @types)");
        command.Parameters.AddWithValue("id", id);
        command.Parameters.AddWithValue("tenant", tenant);
        command.Parameters.AddWithValue("kind", kind);
        command.Parameters.AddWithValue("types", types);
        await command.ExecuteNonQueryAsync(Token);
        return id;
    }

    public Task<IReadOnlyList<EffectClaim>> ClaimAsync(string owner = "one", int count = 100, int perTarget = 100) =>
        Queue.ClaimAsync(owner, count, perTarget, [], Token);

    /// <summary>Makes every lease look as if its relay had been silent for too long.</summary>
    public Task ExpireAsync() => ExecuteAsync("update outbox set lease_until = now() - interval '1 second' where lease_owner is not null");

    public Task ExecuteAsync(string sql) => _database.ExecuteAsync(sql, Token);

    public Task<T?> ScalarAsync<T>(string sql) => _database.ScalarAsync<T>(sql, Token);

    public async Task<List<string>> ListAsync(string sql)
    {
        await using var command = Source.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync(Token);
        List<string> rows = [];
        while (await reader.ReadAsync(Token))
        {
            rows.Add(Convert.ToString(reader.GetValue(0), System.Globalization.CultureInfo.InvariantCulture) ?? "");
        }

        return rows;
    }

    public async ValueTask DisposeAsync()
    {
        await Source.DisposeAsync();
        await _database.DisposeAsync();
    }

    private async Task InTransactionAsync(Action<NpgsqlBatch> add)
    {
        await using var connection = await Source.OpenConnectionAsync(Token);
        await using var batch = new NpgsqlBatch(connection);
        add(batch);
        await batch.ExecuteNonQueryAsync(Token);
    }
}
