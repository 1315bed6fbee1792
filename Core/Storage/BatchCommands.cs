using Npgsql;
using NpgsqlTypes;

namespace Platform.Core.Storage;

/// <summary>Adds statements with named parameters to a batch, so that a transaction goes over the wire at once.</summary>
internal static class BatchCommands
{
    /// <summary>Adds one statement.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="sql">With <c>@name</c> parameters.</param>
    /// <param name="parameters">Their values; null becomes NULL of type text unless the column says otherwise.</param>
    /// <returns>The added statement, to read its row count after the batch ran.</returns>
    public static NpgsqlBatchCommand Add(this NpgsqlBatch batch, string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var (name, value) in parameters)
        {
            command.Parameters.Add(value is null
                ? new NpgsqlParameter(name, NpgsqlDbType.Unknown) { Value = DBNull.Value }
                : new NpgsqlParameter(name, value));
        }

        batch.BatchCommands.Add(command);
        return command;
    }
}
