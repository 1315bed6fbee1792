using Hangfire.PostgreSql;
using Npgsql;

namespace Platform.Core.Jobs;

/// <summary>Gives Hangfire connections of the process's one data source, so that they count into its share of the server.</summary>
internal sealed class JobConnections(NpgsqlDataSource source) : IConnectionFactory
{
    /// <inheritdoc />
    public NpgsqlConnection GetOrCreateConnection() => source.CreateConnection();
}
