using System.Data;
using System.Runtime.CompilerServices;
using Npgsql;
using NpgsqlTypes;

namespace Platform.Core.Storage;

/// <summary>
/// One SQL statement with named parameters, made by <see cref="SqlCommands"/> and run once. Why not Dapper: its parameters know neither our enums
/// (text in the database), nor typed nulls, jsonb and intervals without a handler each, and it cannot fill an <see cref="NpgsqlBatch"/>.
/// Every run throws <see cref="NpgsqlException"/> when Postgres cannot be reached.
/// </summary>
/// <param name="command">What Npgsql executes; disposed after the run.</param>
public sealed class SqlStatement(NpgsqlCommand command)
{
    private CommandBehavior _behavior;

    /// <summary>Sets a parameter. Its type follows from <typeparamref name="T"/>, also when the value is null: <c>string?</c> is text, <c>Guid?</c> uuid, an array an array.</summary>
    /// <param name="name">As in the SQL, without <c>@</c>.</param>
    /// <param name="value">An instant is UTC.</param>
    public SqlStatement With<T>(string name, T value)
    {
        command.Parameters.Add(SqlCommands.Parameter(name, value));
        return this;
    }

    /// <summary>Sets a parameter of a type that C# does not tell, such as jsonb.</summary>
    public SqlStatement With<T>(string name, T value, NpgsqlDbType type)
    {
        command.Parameters.Add(SqlCommands.Parameter(name, value, type));
        return this;
    }

    /// <summary>Sets how long the statement may take instead of <see cref="StorageOptions.CommandTimeout"/>.</summary>
    /// <param name="timeout">Whole seconds; <see cref="Timeout.InfiniteTimeSpan"/> for no limit.</param>
    public SqlStatement WithTimeout(TimeSpan timeout)
    {
        command.CommandTimeout = timeout == Timeout.InfiniteTimeSpan ? 0 : Math.Max(1, (int)timeout.TotalSeconds);
        return this;
    }

    /// <summary>Reads large rows column by column instead of whole. Columns are then read once, in the order of the SQL.</summary>
    public SqlStatement Sequentially()
    {
        _behavior = CommandBehavior.SequentialAccess;
        return this;
    }

    /// <summary>Runs the statement.</summary>
    /// <returns>How many rows it inserted, updated or deleted; -1 for a query.</returns>
    public async Task<int> ExecuteAsync(CancellationToken cancellationToken)
    {
        await using (command)
        {
            return await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    /// <summary>Reads the first column of the first row.</summary>
    /// <typeparam name="T">The column's type.</typeparam>
    /// <returns>The default of <typeparamref name="T"/> when there is no row, or when the column is NULL.</returns>
    public Task<T?> ScalarAsync<T>(CancellationToken cancellationToken) => FirstAsync(static row => row.First<T>(), cancellationToken);

    /// <summary>Reads the first row.</summary>
    /// <returns>The default of <typeparamref name="T"/> when there is none.</returns>
    public async Task<T?> FirstAsync<T>(Func<SqlRow, T> read, CancellationToken cancellationToken)
    {
        await using (command)
        {
            await using var reader = await command.ExecuteReaderAsync(_behavior, cancellationToken);
            var first = await reader.ReadAsync(cancellationToken) ? read(new SqlRow(reader)) : default;

            // Whatever fails after the first row fails the statement.
            while (await reader.NextResultAsync(cancellationToken))
            {
            }

            return first;
        }
    }

    /// <summary>Reads the row of a query that always has one.</summary>
    /// <exception cref="InvalidOperationException">It had none.</exception>
    public async Task<T> SingleAsync<T>(Func<SqlRow, T> read, CancellationToken cancellationToken)
    {
        var (isThere, value) = await FirstAsync(row => (true, read(row)), cancellationToken);
        return isThere ? value : throw new InvalidOperationException($"A query that always has a row had none: {command.CommandText}");
    }

    /// <summary>Reads all rows.</summary>
    public async Task<List<T>> ListAsync<T>(Func<SqlRow, T> read, CancellationToken cancellationToken)
    {
        await using (command)
        {
            await using var reader = await command.ExecuteReaderAsync(_behavior, cancellationToken);
            return await SqlCommands.ListAsync(reader, read, cancellationToken);
        }
    }

    /// <summary>Reads row by row, for results that are too large for a list. The connection is in use until the loop ends.</summary>
    public async IAsyncEnumerable<SqlRow> RowsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using (command)
        {
            await using var reader = await command.ExecuteReaderAsync(_behavior, cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                yield return new SqlRow(reader);
            }
        }
    }

    /// <summary>Runs the statement on a thread of the caller's own.</summary>
    /// <inheritdoc cref="ExecuteAsync"/>
    public int Execute()
    {
        using (command)
        {
            return command.ExecuteNonQuery();
        }
    }

    /// <summary>Reads all rows on a thread of the caller's own.</summary>
    public List<T> List<T>(Func<SqlRow, T> read)
    {
        using (command)
        {
            using var reader = command.ExecuteReader(_behavior);
            List<T> rows = [];
            while (reader.Read())
            {
                rows.Add(read(new SqlRow(reader)));
            }

            return rows;
        }
    }
}
