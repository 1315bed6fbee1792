using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Platform.Core.Storage;
using Platform.ServiceDefaults.Health;
using Platform.Tests.ServiceDefaults;
using Platform.Tests.ServiceDefaults.Health;

namespace Platform.Tests.Eng;

/// <summary>What <c>./run status</c> reads of <c>/health</c>.</summary>
public sealed class ServicesInTroubleTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ServicesInTrouble_Health_AreThoseThatAreKnownNotToBeHealthy()
    {
        FakeService postgres = new(), worker = new() { IsAway = true };
        await using var host = await DefaultsHost.StartAsync(services => services.AddHealthChecks()
            .AddCheck("postgres", postgres, tags: [HealthTags.Ready, HealthTags.Public])
            .AddCheck("redis", new FakeService())
            .AddCheck("worker", worker, HealthStatus.Degraded, [HealthTags.Stored]));

        Assert.Equal(["worker degraded"], await ReadAsync(host));

        postgres.IsAway = true;
        await Eventually.TrueAsync(
            async _ => await ReadAsync(host) is ["postgres unhealthy"], TestPlatform.Patience, "the worker is unknown once the database is away");

        (postgres.IsAway, postgres.Problem) = (false, DatabaseState.DiskIsFull);
        await Eventually.TrueAsync(async _ => await ReadAsync(host) is ["postgres full", ..], TestPlatform.Patience, "a full disk has a state of its own");
    }

    private static async Task<IReadOnlyList<string>> ReadAsync(DefaultsHost host)
    {
        await using var script = ChildProcess.Start(
            "bash", "bash", ["-c", $"source eng/scripts/machine.sh; services_in_trouble {host.Client.BaseAddress?.Port}"], workingDirectory: Repository.Root);
        await script.WaitForExitAsync(Token);
        return [.. script.Lines];
    }
}
