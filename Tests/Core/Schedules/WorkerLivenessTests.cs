using Npgsql;
using Platform.Core.Schedules;

namespace Platform.Tests.Core.Schedules;

public sealed class WorkerLivenessTests(LocalPostgres postgres) : IAsyncLifetime
{
    private TestDatabase _database = null!; // Set before each test.
    private NpgsqlDataSource _source = null!; // Set before each test.

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _database = await postgres.CreateDatabaseAsync(Token);
        _source = NpgsqlDataSource.Create(_database.ConnectionString);
    }

    public async ValueTask DisposeAsync()
    {
        await _source.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Theory]
    [InlineData("'a'", "now() + interval '3 seconds'", true)]
    [InlineData("'a'", "now() - interval '10 seconds'", false)] // Killed, and nobody took over.
    [InlineData("null", "null", false)] // Stopped, or never started.
    public async Task IsAliveAsync_Lease_TellsWhetherAWorkerHoldsIt(string owner, string until, bool expected)
    {
        await Eventually.TrueAsync(
            async token =>
            {
                // Leases count for a while after the start of Postgres, which the first test of a run may meet.
                await _database.ExecuteAsync($"update leaders set owner = {owner}, until = {until}", token);
                return await new WorkerLiveness(_source).IsAliveAsync(token) == expected;
            },
            TestPlatform.Patience,
            $"a worker is alive: {expected}");
    }

    [Fact]
    public async Task IsAliveAsync_LeaseExpiredAMomentAgo_LeavesTimeForATakeover()
    {
        await _database.ExecuteAsync("update leaders set owner = 'a', until = now() - interval '200 milliseconds'", Token);

        Assert.True(await new WorkerLiveness(_source).IsAliveAsync(Token));
    }
}
