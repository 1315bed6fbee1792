using Hangfire.PostgreSql;
using Npgsql;

namespace Platform.Core.Jobs;

/// <summary>Makes Hangfire's tables. Hosts never do: several that start at once would race for them.</summary>
public sealed class JobSchema(NpgsqlDataSource source)
{
    /// <summary>Makes what is missing. The caller sees to it that nobody else does at the same time.</summary>
    /// <exception cref="NpgsqlException">Postgres cannot be reached.</exception>
    public void Prepare()
    {
        var options = JobStorageRegistration.Options();
        options.PrepareSchemaIfNecessary = true;

        // The storage prepares its schema when it is made, or at the latest when it is read.
        new PostgreSqlStorage(new JobConnections(source), options).GetMonitoringApi().GetStatistics();
    }
}
