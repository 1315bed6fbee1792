using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
using Platform.Core.Storage;

namespace Platform.Tests.Core.Storage;

public sealed class DatabaseStateTests(LocalPostgres postgres) : IAsyncLifetime
{
    private TestDatabase? _database;

    private TestDatabase Database => _database ?? throw new InvalidOperationException("The database is made in InitializeAsync.");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _database = await postgres.CreateDatabaseAsync(Token);

    public async ValueTask DisposeAsync() => await (_database?.DisposeAsync() ?? ValueTask.CompletedTask);

    [Fact]
    public async Task Repeat_ARoundFails_ReportsItAndRunsTheNext()
    {
        using var host = Build();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        List<string> events = [];

        await host.Services.GetRequiredService<DatabaseState>().RepeatAsync(
            async token =>
            {
                events.Add("round");
                if (events.Count == 1)
                {
                    // A timeout of its own: the host does not stop.
                    throw new OperationCanceledException();
                }

                await stop.CancelAsync();
                token.ThrowIfCancellationRequested();
            },
            exception => events.Add(exception.GetType().Name),
            () => events.Add("ready"),
            TimeSpan.Zero,
            stop.Token).WaitAsync(TestPlatform.Patience, Token);

        Assert.Equal(["round", nameof(OperationCanceledException), "ready", "round"], events);
    }

    [Fact]
    public async Task IsAway_PostgresIsFrozenAndGoesOn_FollowsIt()
    {
        await using var frozen = await PostgresServer.StartNewAsync(Token);
        await using var database = await TestDatabase.CreateOnAsync(frozen, Token);
        using var host = Build(database);
        var state = host.Services.GetRequiredService<DatabaseState>();
        state.Suspect();
        Assert.Null(await state.ProblemAsync(Token));
        Assert.False(state.IsAway);

        frozen.Pause();
        try
        {
            state.Note(new NpgsqlException("Exception while reading from stream", new TimeoutException()));
            await Eventually.TrueAsync(() => state.IsAway, TestPlatform.Patience, "it is noticed");
        }
        finally
        {
            frozen.Resume();
        }

        await Eventually.TrueAsync(() => !state.IsAway, TestPlatform.Patience, "it is back");
    }

    [Fact]
    public async Task Watch_PostgresFreezesWhileNobodyUsesIt_IsAwayAndTheHostStops()
    {
        await using var frozen = await PostgresServer.StartNewAsync(Token);
        await using var database = await TestDatabase.CreateOnAsync(frozen, Token);
        using var host = Build(database, services => services.AddHostedService<DatabaseWatch>());
        await host.StartAsync(Token);
        var state = host.Services.GetRequiredService<DatabaseState>();
        await state.WhenReadyAsync(Token);

        frozen.Pause();
        try
        {
            await Eventually.TrueAsync(() => state.IsAway, TestPlatform.Patience, "it is noticed");
            await host.StopAsync(Token).WaitAsync(TestPlatform.Patience, Token);
        }
        finally
        {
            frozen.Resume();
        }
    }

    [Fact]
    public async Task Suspect_AllConnectionsOfThePoolInUse_PostgresIsNotAway()
    {
        using var host = Build();
        var state = host.Services.GetRequiredService<DatabaseState>();
        await using var only = await host.Services.GetRequiredService<NpgsqlDataSource>().OpenConnectionAsync(Token);

        Assert.NotNull(await state.ProblemAsync(Token));

        Assert.True(await host.Services.GetRequiredService<DatabaseProbe>().AnswersAsync(Token));
        Assert.False(state.IsAway);
    }

    private IHost Build() => Build(Database);

    private static IHost Build(TestDatabase database, Action<IServiceCollection>? configure = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ApplicationName = "tests-database-state" });
        builder.Configuration.AddInMemoryCollection([new($"ConnectionStrings:{StorageOptions.ConnectionName}", database.ConnectionString)]);
        builder.AddStorage(maxConnections: 1);
        builder.Services.AddSingleton(TimeProvider.System);
        configure?.Invoke(builder.Services);
        return builder.Build();
    }
}
