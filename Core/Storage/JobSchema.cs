using Hangfire.PostgreSql;
using Npgsql;

namespace Platform.Core.Storage;

/// <summary>Makes Hangfire's tables. Hosts never do: several that start at once would race for them.</summary>
public sealed class JobSchema(NpgsqlDataSource source)
{
    /// <summary>The schema of Hangfire's tables.</summary>
    public const string Name = "hangfire";

    /// <summary>Creates what is missing. The caller ensures that no other process does so at the same time.</summary>
    /// <exception cref="NpgsqlException">Postgres cannot be reached.</exception>
    public void Prepare()
    {
        // Hangfire's own schema preparation retries for half a minute and then silently continues without a schema.
        using var connection = source.OpenConnection();
        PostgreSqlObjectsInstaller.Install(connection, Name);
    }
}
