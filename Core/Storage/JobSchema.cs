using Hangfire.PostgreSql;
using Npgsql;

namespace Platform.Core.Storage;

/// <summary>Makes Hangfire's tables. Hosts never do: several that start at once would race for them.</summary>
public sealed class JobSchema(NpgsqlDataSource source)
{
    /// <summary>The schema of Hangfire's tables.</summary>
    public const string Name = "hangfire";

    /// <summary>Makes what is missing. The caller sees to it that nobody else does at the same time.</summary>
    /// <exception cref="NpgsqlException">Postgres cannot be reached.</exception>
    public void Prepare()
    {
        // A storage that prepares its schema by itself tries for half a minute and then goes on without one, in silence.
        using var connection = source.OpenConnection();
        PostgreSqlObjectsInstaller.Install(connection, Name);
    }
}
