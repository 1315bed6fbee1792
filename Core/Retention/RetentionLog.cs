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
        await using var command = source.CreateCommand("insert into retention_runs (id, class, cause) values (@id, @class, @cause)");
        command.Parameters.AddWithValue("id", id);
        command.Parameters.AddWithValue("class", name);
        command.Parameters.AddWithValue("cause", EnumText.Of(cause));
        await command.ExecuteNonQueryAsync(cancellationToken);
        return id;
    }

    /// <summary>Notes an end.</summary>
    public async Task EndAsync(Guid id, Dropped dropped, string? error, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(
            """
            update retention_runs
            set finished_at = clock_timestamp(), rows_dropped = @rows, partitions_dropped = @partitions, bytes_dropped = @bytes, error = @error
            where id = @id
            """);
        command.Parameters.AddWithValue("id", id);
        command.Parameters.AddWithValue("rows", dropped.Rows);
        command.Parameters.AddWithValue("partitions", dropped.Partitions);
        command.Parameters.AddWithValue("bytes", dropped.Bytes);
        command.Parameters.AddWithValue("error", NpgsqlTypes.NpgsqlDbType.Text, (object?)error ?? DBNull.Value);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
