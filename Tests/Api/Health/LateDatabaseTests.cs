using System.Net;
using Platform.Tests.Chaos;

namespace Platform.Tests.Api.Health;

[Collection(ChaosCollection.Name)]
[Trait("Category", "Chaos")]
public sealed class LateDatabaseTests(LocalRedis redis)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Start_BeforePostgres_WaitsSaysSoAndBecomesReady()
    {
        await using var postgres = await PostgresServer.StartNewAsync(Token);
        await using var database = await TestDatabase.CreateOnAsync(postgres, Token);
        await postgres.StopAsync();
        var config = Directory.CreateTempSubdirectory("platform-config-").FullName;
        Dictionary<string, string?> settings = new()
        {
            ["ConnectionStrings__platformdb"] = database.ConnectionString,
            ["ConnectionStrings__redis"] = await redis.ConnectionStringAsync(Token),
            ["CONFIG_PATH"] = config,
        };
        await using var api = HostProcess.Start("Api", settings);
        await using var worker = HostProcess.Start("Worker", settings);
        try
        {
            foreach (var host in (HostProcess[])[api, worker])
            {
                await AssertWaitsAsync(host);
            }
        }
        finally
        {
            await postgres.StartAsync(Token);
        }

        foreach (var host in (HostProcess[])[api, worker])
        {
            await host.WaitUntilReadyAsync(TestPlatform.Patience, Token);
            await Eventually.TrueAsync(
                () => host.Log.Contains("The database is ready", StringComparison.Ordinal), TestPlatform.Patience, $"{host.Project} says that the wait is over");
        }

        Directory.Delete(config, recursive: true);
    }

    [Fact]
    public async Task Start_NameDoesNotResolve_Waits()
    {
        var config = Directory.CreateTempSubdirectory("platform-config-").FullName;
        Dictionary<string, string?> settings = new()
        {
            // As that of a stopped container.
            ["ConnectionStrings__platformdb"] = "Host=stopped-container.invalid;Username=nobody;Database=none",
            ["ConnectionStrings__redis"] = await redis.ConnectionStringAsync(Token),
            ["CONFIG_PATH"] = config,
        };
        await using var api = HostProcess.Start("Api", settings);
        await using var worker = HostProcess.Start("Worker", settings);

        foreach (var host in (HostProcess[])[api, worker])
        {
            await AssertWaitsAsync(host);
        }

        Directory.Delete(config, recursive: true);
    }

    private static async Task AssertWaitsAsync(HostProcess host)
    {
        // Looked for in the log first: a host must say it by itself, not only when a probe asks.
        await Eventually.TrueAsync(
            () => host.Log.Contains("Waiting for the database: Postgres cannot be reached.", StringComparison.Ordinal),
            TestPlatform.Patience,
            $"{host.Project} says what it waits for");
        await host.WaitUntilAnsweringAsync(TestPlatform.Patience, Token);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await host.ReadyStatusAsync(Token));
        Assert.False(host.HasExited, host.Log);
    }
}
