using Npgsql;
using Platform.Core.Storage;

namespace Platform.Tests.Core.Storage;

public sealed class SessionConnectionTests(LocalPostgres postgres) : IAsyncLifetime
{
    private TestDatabase? _database;
    private NpgsqlDataSource? _source;

    private TestDatabase Database => _database ?? throw new InvalidOperationException("The database is made in InitializeAsync.");

    /// <summary>One connection, which is not reset: whoever comes next gets what was left.</summary>
    private NpgsqlDataSource Source => _source ?? throw new InvalidOperationException("The source is made in InitializeAsync.");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _database = await postgres.CreateDatabaseAsync(Token);
        _source = NpgsqlDataSource.Create(
            new NpgsqlConnectionStringBuilder(_database.ConnectionString) { MaxPoolSize = 1, NoResetOnClose = true, ApplicationName = nameof(SessionConnectionTests) });
    }

    public async ValueTask DisposeAsync()
    {
        await (_source?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (_database?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    [Fact]
    public async Task Dispose_OfASessionThatWasChanged_TheNextUserOfTheConnectionSeesNothingOfIt()
    {
        int before;
        await using (var session = await SessionConnection.OpenAsync(Source, Token))
        {
            before = session.Connection.ProcessID;
            await using var change = new NpgsqlCommand(
                "listen news; create temp table left_over (id int); select pg_advisory_lock(42); set work_mem = '5MB'", session.Connection);
            await change.ExecuteNonQueryAsync(Token);
        }

        await using var next = await Source.OpenConnectionAsync(Token);

        Assert.Equal(before, next.ProcessID);
        Assert.Equal(
            "0 0 t t",
            await ScalarAsync(
                next,
                """
                select concat_ws(' ',
                    (select count(*) from pg_listening_channels()),
                    (select count(*) from pg_locks where locktype = 'advisory' and pid = pg_backend_pid()),
                    to_regclass('left_over') is null,
                    current_setting('work_mem') <> '5MB')
                """));
    }

    [Fact]
    public async Task Dispose_SessionThatCannotBeDiscarded_TheConnectionIsNotUsedAgain()
    {
        int before;
        await using (var session = await SessionConnection.OpenAsync(Source, Token))
        {
            before = session.Connection.ProcessID;
            await using var begin = new NpgsqlCommand("begin; select pg_advisory_lock(42)", session.Connection);
            await begin.ExecuteNonQueryAsync(Token);
        }

        await using var next = await Source.OpenConnectionAsync(Token);

        Assert.NotEqual(before, next.ProcessID);
        await Eventually.TrueAsync(
            token => Database.ScalarAsync<bool>("select not exists (select from pg_locks where locktype = 'advisory' and objid = 42)", token),
            TestPlatform.Patience,
            "the lock went with the session");
    }

    [Fact]
    public async Task Dispose_ConnectionThatIsBroken_DoesNotThrow()
    {
        await using (var session = await SessionConnection.OpenAsync(Source, Token))
        {
            await Database.ScalarAsync<bool>($"select pg_terminate_backend({session.Connection.ProcessID})", Token);
        }

        await using var next = await Source.OpenConnectionAsync(Token);
        Assert.Equal("1", await ScalarAsync(next, "select '1'"));
    }

    private static async Task<string?> ScalarAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(Token) as string;
    }
}
