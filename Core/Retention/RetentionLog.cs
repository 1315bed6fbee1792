using Npgsql;
using Platform.Core.Storage;

namespace Platform.Core.Retention;

/// <summary>Writes down what retention did.</summary>
public sealed class RetentionLog(NpgsqlDataSource source)
{
    /// <summary>Notes a beginning.</summary>
    /// <returns>The run's id.</returns>
    public async Task<Guid> BeginAsync(string name, RetentionCause cause, CancellationToken cancellationToken)
    {
        var id = Guid.CreateVersion7();
        await source.Sql("insert into retention_runs (id, class, cause) values (@id, @class, @cause)")
            .With("id", id).With("class", name).With("cause", EnumText.Of(cause))
            .ExecuteAsync(cancellationToken);
        return id;
    }

    /// <summary>Notes an end.</summary>
    public Task EndAsync(Guid id, Dropped dropped, string? error, CancellationToken cancellationToken) =>
        source.Sql(
            """
            update retention_runs
            set finished_at = clock_timestamp(), rows_dropped = @rows, partitions_dropped = @partitions, bytes_dropped = @bytes, error = @error
            where id = @id
            """)
            .With("id", id).With("rows", dropped.Rows).With("partitions", dropped.Partitions).With("bytes", dropped.Bytes).With("error", error)
            .ExecuteAsync(cancellationToken);
}
