using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
using Platform.Core.Storage;

namespace Platform.Tests.Core.Storage;

public sealed class NotificationListenerTests(LocalPostgres postgres) : IAsyncLifetime
{
    private const string Listening = "select count(*) from pg_stat_activity where datname = current_database() and query ilike 'listen%'";

    private TestDatabase? _database;

    private TestDatabase Database => _database ?? throw new InvalidOperationException("The database is made in InitializeAsync.");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _database = await postgres.CreateDatabaseAsync(Token);

    public async ValueTask DisposeAsync() => await (_database?.DisposeAsync() ?? ValueTask.CompletedTask);

    [Fact]
    public async Task On_Notification_IsCalledWithItsPayload()
    {
        using var host = Build();
        var heard = new List<string>();
        var listener = host.Services.GetRequiredService<NotificationListener>();
        listener.On("news", payload =>
        {
            lock (heard)
            {
                heard.Add(payload);
            }
        });
        await host.StartAsync(Token);
        await Eventually.TrueAsync(() => listener.IsListening, TestPlatform.Patience, "it listens");

        await Database.ExecuteAsync("notify news, 'the payload'", Token);

        await Eventually.TrueAsync(
            () =>
            {
                lock (heard)
                {
                    return heard.Contains("the payload");
                }
            },
            TestPlatform.Patience,
            "the notification arrives");
        await host.StopAsync(Token);
    }

    [Fact]
    public async Task ConnectionCut_SaysSo_AndListensAgain()
    {
        using var host = Build();
        var listener = host.Services.GetRequiredService<NotificationListener>();
        var (lost, told, listeningWhenLost) = (0, 0, false);
        listener.Lost += () =>
        {
            listeningWhenLost = listener.IsListening;
            Interlocked.Increment(ref lost);
        };
        listener.On("news", () => Interlocked.Increment(ref told));
        await host.StartAsync(Token);
        await Eventually.TrueAsync(() => listener.IsListening && Volatile.Read(ref told) == 1, TestPlatform.Patience, "it listens");

        await Database.ExecuteAsync(
            "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and query ilike 'listen%'", Token);

        await Eventually.TrueAsync(() => Volatile.Read(ref lost) == 1, TestPlatform.Patience, "the loss is told");
        Assert.False(listeningWhenLost);
        await Eventually.TrueAsync(
            () => listener.IsListening && Volatile.Read(ref told) == 2, TestPlatform.Patience, "it listens again and tells everybody once");
        await host.StopAsync(Token);
    }

    [Fact]
    public async Task Stop_TheConnectionGoesBackToThePool_ListeningNoMore()
    {
        using var host = Build();
        host.Services.GetRequiredService<NotificationListener>().On("news", () => { });
        await host.StartAsync(Token);
        await Eventually.TrueAsync(
            async token => await Database.ScalarAsync<long>(Listening, token) == 1, TestPlatform.Patience, "it listens");

        await host.StopAsync(Token);

        var source = host.Services.GetRequiredService<NpgsqlDataSource>();
        await using var connection = await source.OpenConnectionAsync(Token);
        await using var channels = new NpgsqlCommand("select count(*) from pg_listening_channels()", connection);
        Assert.Equal(0L, await channels.ExecuteScalarAsync(Token));
        Assert.True(new NpgsqlConnectionStringBuilder(source.ConnectionString).NoResetOnClose, "nobody else would have reset it");
    }

    private IHost Build()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ApplicationName = "tests-listener" });
        builder.Configuration.AddInMemoryCollection([new($"ConnectionStrings:{StorageOptions.ConnectionName}", Database.ConnectionString)]);
        builder.AddStorage(maxConnections: 1);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<NotificationListener>();
        builder.Services.AddHostedService(services => services.GetRequiredService<NotificationListener>());
        return builder.Build();
    }
}
