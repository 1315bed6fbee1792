using Npgsql;
using Platform.Core.Jobs;

namespace Platform.Tests.Core.Jobs;

public sealed class JobConnectionsTests(LocalPostgres postgres)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>What the budget of connections is built on: Hangfire clones a connection in order to listen, and the clone is not of our pool.</summary>
    [Fact]
    public async Task Clone_OfTheOnlyConnectionOfThePool_OpensOutsideIt()
    {
        await using var database = await postgres.CreateDatabaseAsync(Token);
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(database.ConnectionString) { MaxPoolSize = 1, Timeout = 2 });
        await using var only = new JobConnections(source).GetOrCreateConnection();
        await only.OpenAsync(Token);

        await using var listening = only.CloneWith(only.ConnectionString);
        await listening.OpenAsync(Token);

        Assert.NotEqual(only.ProcessID, listening.ProcessID);
        NpgsqlConnection.ClearPool(listening);
    }
}
