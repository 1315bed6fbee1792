using Npgsql;

namespace Platform.Tests.Infrastructure;

/// <summary>A database that one test class owns; it is dropped, with whoever is still connected, when disposed.</summary>
public sealed class TestDatabase(PostgresServer server, string name) : IAsyncDisposable
{
    public string Name => name;

    /// <summary>A database with the platform's schema on a cluster that the test owns.</summary>
    public static async Task<TestDatabase> CreateOnAsync(PostgresServer server, CancellationToken cancellationToken)
    {
        const string Name = "platformdb";
        await server.ExecuteAsync($"CREATE DATABASE {Name}", cancellationToken);
        await DatabaseRoles.CreateAsync(server.ConnectionString(Name), cancellationToken);
        await TestSchema.MigrateAsync(DatabaseRoles.ConnectionString(server.ConnectionString(Name), DatabaseRoles.Owner) + ";Pooling=false", cancellationToken);
        return new TestDatabase(server, Name);
    }

    public string ConnectionString { get; } = server.ConnectionString(name);

    /// <summary>Opens a connection; the caller disposes it.</summary>
    public async Task<NpgsqlConnection> OpenAsync(CancellationToken cancellationToken)
    {
        var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync(cancellationToken);
        return connection;
    }

    /// <summary>Runs one or more statements.</summary>
    public Task ExecuteAsync(string sql, CancellationToken cancellationToken) =>
        server.ExecuteAsync(sql, cancellationToken, name);

    /// <summary>The first column of the first row; null when there is none or it is NULL.</summary>
    public async Task<T?> ScalarAsync<T>(string sql, CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(cancellationToken) is T value ? value : default;
    }

    public async ValueTask DisposeAsync()
    {
        await using (var connection = new NpgsqlConnection(ConnectionString))
        {
            NpgsqlConnection.ClearPool(connection);
        }

        await server.ExecuteAsync($"DROP DATABASE IF EXISTS {name} WITH (FORCE)", CancellationToken.None);
    }
}
