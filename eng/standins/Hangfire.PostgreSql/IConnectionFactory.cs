using Npgsql;

namespace Hangfire.PostgreSql;

/// <summary>Where connections come from.</summary>
public interface IConnectionFactory
{
    /// <summary>A connection, open or not; the storage disposes it.</summary>
    NpgsqlConnection GetOrCreateConnection();
}
