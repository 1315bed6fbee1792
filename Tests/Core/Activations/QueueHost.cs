using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
using Platform.Contracts.Activations;
using Platform.Core.Activations.Completion;
using Platform.Core.Activations.Context;
using Platform.Core.Activations.Queue;
using Platform.Core.Bots;
using Platform.Core.Runs;
using Platform.Core.Storage;

namespace Platform.Tests.Core.Activations;

/// <summary>The queue on a database of its own, without any worker: the test claims, finishes and looks.</summary>
internal sealed class QueueHost : IAsyncDisposable
{
    private readonly IHost _host;

    private QueueHost(TestDatabase database)
    {
        Database = database;
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ApplicationName = "tests-queue" });
        builder.Configuration.AddInMemoryCollection([new($"ConnectionStrings:{StorageOptions.ConnectionName}", database.ConnectionString)]);
        builder.AddStorage(maxConnections: 6);
        builder.Services.AddSingleton<ActivationQueue>();
        builder.Services.AddSingleton<ActivationFactsReader>();
        builder.Services.AddSingleton<ActivationCompletion>();
        builder.Services.AddSingleton<SilentCompletion>();
        builder.Services.AddSingleton<ActivationDeferral>();
        builder.Services.AddSingleton<QueueReader>();
        builder.Services.AddSingleton<LeaseKeeper>();
        builder.Services.AddSingleton(TimeProvider.System);
        _host = builder.Build();
    }

    public TestDatabase Database { get; }

    public ActivationQueue Queue => Get<ActivationQueue>();

    public static async Task<QueueHost> StartAsync(PostgresServer server, CancellationToken cancellationToken) =>
        new(await TestDatabase.CreateOnAsync(server, cancellationToken));

    public static async Task<QueueHost> StartAsync(LocalPostgres postgres, CancellationToken cancellationToken) =>
        new(await postgres.CreateDatabaseAsync(cancellationToken));

    public T Get<T>()
        where T : class => _host.Services.GetRequiredService<T>();

    /// <summary>Makes a bot that may not speak, so that each of its activations is decided with "no".</summary>
    public async Task<Guid> BotAsync(string handle, CancellationToken cancellationToken)
    {
        var id = Guid.CreateVersion7();
        var definition = new BotDefinition { Name = handle, Handle = handle, DisplayName = handle, ContinuationModel = "rehearsal", MaySpeak = false };
        await ExecuteAsync(
            """
            with author as (insert into authors (id, tenant_id, kind, handle, display_name) values (@id, 'home', 'bot', @handle, @handle) returning id)
            insert into bots (author_id, tenant_id, enabled, definition_hash, definition) select id, 'home', true, '', @definition::jsonb from author
            """,
            cancellationToken,
            ("id", id),
            ("handle", handle),
            ("definition", BotDefinitionJson.Write(definition)));
        return id;
    }

    /// <summary>Makes channels of a bot.</summary>
    public async Task<IReadOnlyList<Guid>> ChannelsAsync(Guid bot, int count, CancellationToken cancellationToken)
    {
        Guid[] ids = [.. Enumerable.Range(0, count).Select(_ => Guid.CreateVersion7())];
        await ExecuteAsync(
            """
            insert into channels (id, tenant_id, kind, bot_id, created_by)
            select id, 'home', 'conversation', @bot, (select id from authors where handle = 'you') from unnest(@ids) id
            """,
            cancellationToken,
            ("bot", bot),
            ("ids", ids));
        return ids;
    }

    /// <summary>Queues activations, one or many in each channel, in the order of the ids returned.</summary>
    public async Task<IReadOnlyList<Guid>> EnqueueAsync(
        Guid bot, IReadOnlyList<Guid> channels, CancellationToken cancellationToken, int each = 1, ActivationReason reason = ActivationReason.Timer)
    {
        Guid[] ids = [.. Enumerable.Range(0, channels.Count * each).Select(_ => Guid.CreateVersion7())];
        Guid[] places = [.. Enumerable.Range(0, ids.Length).Select(index => channels[index % channels.Count])];
        Array.Sort(ids);
        await ExecuteAsync(
            """
            insert into activations (id, tenant_id, bot_id, channel_id, reason, trigger)
            select id, 'home', @bot, channel, @reason, 'test:' || id from unnest(@ids, @channels) one (id, channel)
            """,
            cancellationToken,
            ("bot", bot),
            ("ids", ids),
            ("channels", places),
            ("reason", EnumText.Of(reason)));
        return ids;
    }

    /// <summary>Queues a single activation of a bot of its own.</summary>
    public async Task<Guid> EnqueueOneAsync(CancellationToken cancellationToken)
    {
        var bot = await BotAsync("bot", cancellationToken);
        return (await EnqueueAsync(bot, await ChannelsAsync(bot, 1, cancellationToken), cancellationToken))[0];
    }

    public Task<string?> StateAsync(Guid id, CancellationToken cancellationToken) =>
        Database.ScalarAsync<string>($"select state from activations where id = '{id}'", cancellationToken);

    /// <summary>Ends claims as the worker ends a "no".</summary>
    public async Task<IReadOnlySet<Guid>> EndSilentAsync(IReadOnlyList<ActivationClaim> claims, CancellationToken cancellationToken)
    {
        var facts = await Get<ActivationFactsReader>().ReadAsync(claims, cancellationToken);
        return await Get<SilentCompletion>().CompleteAsync(
            [.. claims.Select(claim => facts[claim.Id].Begin(claim, "test", TimeProvider.System) with { State = ActivationState.Silent, SilentReason = "may_speak" })],
            cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        _host.Dispose();
        await Database.DisposeAsync();
    }

    private async Task ExecuteAsync(string sql, CancellationToken cancellationToken, params (string Name, object Value)[] parameters)
    {
        await using var command = Get<NpgsqlDataSource>().CreateCommand(sql);
        foreach (var (name, value) in parameters)
        {
            command.Parameters.AddWithValue(name, value);
        }

        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
