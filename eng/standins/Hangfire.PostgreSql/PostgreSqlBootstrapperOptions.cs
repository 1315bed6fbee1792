using Hangfire.PostgreSql.Factories;
using Npgsql;

namespace Hangfire.PostgreSql;

/// <summary>Says where connections come from; the last call counts.</summary>
public class PostgreSqlBootstrapperOptions
{
    private readonly PostgreSqlStorageOptions _options;

    internal PostgreSqlBootstrapperOptions(PostgreSqlStorageOptions options) => _options = options;

    internal IConnectionFactory? ConnectionFactory { get; private set; }

    public PostgreSqlBootstrapperOptions UseConnectionFactory(IConnectionFactory connectionFactory)
    {
        ArgumentNullException.ThrowIfNull(connectionFactory);
        ConnectionFactory = connectionFactory;
        return this;
    }

    public PostgreSqlBootstrapperOptions UseNpgsqlConnection(string connectionString, Action<NpgsqlConnection>? connectionSetup = null) =>
        UseConnectionFactory(new NpgsqlConnectionFactory(connectionString, _options, connectionSetup));
}
