using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
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

    private IHost Build()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ApplicationName = "tests-database-state" });
        builder.Configuration.AddInMemoryCollection([new($"ConnectionStrings:{StorageOptions.ConnectionName}", Database.ConnectionString)]);
        builder.AddStorage(maxConnections: 1);
        builder.Services.AddSingleton(TimeProvider.System);
        return builder.Build();
    }
}
