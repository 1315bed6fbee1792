using Npgsql;
using Platform.Core.Storage;

namespace Platform.Core.Generations;

/// <summary>Half-written answers whose activation has ended without them.</summary>
public sealed class OrphanedGenerations(NpgsqlDataSource source)
{
    /// <summary>Removes them.</summary>
    /// <returns>How many there were.</returns>
    /// <exception cref="NpgsqlException">Postgres cannot be reached.</exception>
    public Task<int> RemoveAsync(CancellationToken cancellationToken) =>
        source.Sql(
            """
            delete from generations g
            using activations a
            where a.id = g.activation_id and a.finished_at is not null and a.state not in ('queued', 'running')
            """)
            .ExecuteAsync(cancellationToken);
}
