using Npgsql;

namespace Hangfire.PostgreSql.Factories;

/// <summary>Connections of a connection string; its pool is shared with everybody who uses the same string.</summary>
public sealed class NpgsqlConnectionFactory : IConnectionFactory
{
    private readonly string _connectionString;
    private readonly Action<NpgsqlConnection>? _connectionSetup;

    /// <param name="connectionString">As Npgsql takes it.</param>
    /// <param name="options">Of no effect here.</param>
    /// <param name="connectionSetup">Called with each connection before it is opened.</param>
    public NpgsqlConnectionFactory(string connectionString, PostgreSqlStorageOptions options, Action<NpgsqlConnection>? connectionSetup = null)
    {
        ArgumentNullException.ThrowIfNull(connectionString);
        ArgumentNullException.ThrowIfNull(options);
        _connectionString = connectionString;
        _connectionSetup = connectionSetup;
    }

    public NpgsqlConnection GetOrCreateConnection()
    {
        var connection = new NpgsqlConnection(_connectionString);
        _connectionSetup?.Invoke(connection);
        return connection;
    }
}
