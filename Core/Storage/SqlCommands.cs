using Npgsql;
using NpgsqlTypes;

namespace Platform.Core.Storage;

/// <summary>Makes statements with named parameters: on their own, on a connection with its transaction, or in a batch, which goes over the wire at once.</summary>
public static class SqlCommands
{
    /// <summary>Makes a statement that runs on a connection of the pool.</summary>
    /// <param name="source">The pool.</param>
    /// <param name="sql">With <c>@name</c> parameters.</param>
    public static SqlStatement Sql(this NpgsqlDataSource source, string sql) => new(source.CreateCommand(sql));

    /// <summary>Makes a statement that runs on an open connection, inside its transaction if there is one.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="sql">With <c>@name</c> parameters.</param>
    public static SqlStatement Sql(this NpgsqlConnection connection, string sql) => new(new NpgsqlCommand(sql, connection));

    /// <summary>Adds a statement to a batch.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="sql">With <c>@name</c> parameters.</param>
    /// <returns>The added statement, to set its parameters and to read its row count after the batch ran.</returns>
    public static NpgsqlBatchCommand Add(this NpgsqlBatch batch, string sql)
    {
        var command = new NpgsqlBatchCommand(sql);
        batch.BatchCommands.Add(command);
        return command;
    }

    /// <summary>Adds a statement to a batch.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="sql">With <c>@name</c> parameters.</param>
    /// <param name="parameters">Their values; null becomes NULL of type text unless the column says otherwise.</param>
    /// <returns>The added statement.</returns>
    public static NpgsqlBatchCommand Add(this NpgsqlBatch batch, string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        var command = batch.Add(sql);
        foreach (var (name, value) in parameters)
        {
            command.Parameters.Add(value is null
                ? new NpgsqlParameter(name, NpgsqlDbType.Unknown) { Value = DBNull.Value }
                : new NpgsqlParameter(name, value));
        }

        return command;
    }

    /// <inheritdoc cref="SqlStatement.With{T}(string, T)"/>
    public static NpgsqlBatchCommand With<T>(this NpgsqlBatchCommand command, string name, T value)
    {
        command.Parameters.Add(Parameter(name, value));
        return command;
    }

    /// <inheritdoc cref="SqlStatement.With{T}(string, T, NpgsqlDbType)"/>
    public static NpgsqlBatchCommand With<T>(this NpgsqlBatchCommand command, string name, T value, NpgsqlDbType type)
    {
        command.Parameters.Add(Parameter(name, value, type));
        return command;
    }

    /// <summary>Runs a batch and reads the rows of its first statement that returns any.</summary>
    public static async Task<List<T>> ListAsync<T>(this NpgsqlBatch batch, Func<SqlRow, T> read, CancellationToken cancellationToken)
    {
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        return await ListAsync(reader, read, cancellationToken);
    }

    internal static async Task<List<T>> ListAsync<T>(NpgsqlDataReader reader, Func<SqlRow, T> read, CancellationToken cancellationToken)
    {
        List<T> rows = [];
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(read(new SqlRow(reader)));
        }

        while (await reader.NextResultAsync(cancellationToken))
        {
        }

        return rows;
    }

    internal static NpgsqlParameter<T> Parameter<T>(string name, T value) => new(name, value);

    internal static NpgsqlParameter<T> Parameter<T>(string name, T value, NpgsqlDbType type) => new(name, type) { TypedValue = value };
}
