using Npgsql;

namespace Platform.Tests.Infrastructure.SelfTests;

public sealed class PostgresServerTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task StartAsync_AfterKill_KeepsCommittedRows()
    {
        await using var server = await PostgresServer.StartNewAsync(Cancellation);
        await server.ExecuteAsync("CREATE TABLE kept AS SELECT 1 AS one", Cancellation);

        await server.KillAsync();
        await Assert.ThrowsAnyAsync<NpgsqlException>(() => server.ExecuteAsync("SELECT 1", Cancellation));
        await server.StartAsync(Cancellation);

        await using var connection = new NpgsqlConnection(server.ConnectionString());
        await connection.OpenAsync(Cancellation);
        await using var command = new NpgsqlCommand("SELECT one FROM kept", connection);
        Assert.Equal(1, await command.ExecuteScalarAsync(Cancellation));
    }

    [Fact]
    public async Task Pause_OpenConnection_AnswersOnlyAfterResume()
    {
        await using var server = await PostgresServer.StartNewAsync(Cancellation);
        await server.ExecuteAsync("SELECT 1", Cancellation);

        server.Pause();
        var query = server.ExecuteAsync("SELECT 1", Cancellation);
        await Assert.ThrowsAsync<TimeoutException>(() => query.WaitAsync(TimeSpan.FromMilliseconds(300), Cancellation));
        server.Resume();

        await query.WaitAsync(TimeSpan.FromSeconds(10), Cancellation);
    }
}
