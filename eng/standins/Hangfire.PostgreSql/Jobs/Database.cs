using System.Data;
using Npgsql;

namespace Hangfire.PostgreSql.Jobs;

/// <summary>Runs the storage's own statements; <c>$s</c> in them stands for the quoted schema.</summary>
/// <param name="factory">Where connections come from.</param>
/// <param name="schema">The schema's name, unquoted.</param>
internal sealed class Database(IConnectionFactory factory, string schema)
{
    private readonly string _schema = '"' + schema.Replace("\"", "\"\"", StringComparison.Ordinal) + '"';

    public string Sql(string text) => text.Replace("$s", _schema, StringComparison.Ordinal);

    public async Task<NpgsqlConnection> OpenAsync(CancellationToken cancellationToken)
    {
        var connection = factory.GetOrCreateConnection();
        if (connection.State == ConnectionState.Closed)
        {
            await connection.OpenAsync(cancellationToken);
        }

        return connection;
    }

    /// <summary>Runs <paramref name="work"/> in a transaction of its own.</summary>
    public async Task<T> InTransactionAsync<T>(Func<NpgsqlTransaction, Task<T>> work, CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var result = await work(transaction);
        await transaction.CommitAsync(cancellationToken);
        return result;
    }

    public NpgsqlCommand Command(NpgsqlConnection connection, NpgsqlTransaction? transaction, string text, params (string Name, object? Value)[] values)
    {
        var command = new NpgsqlCommand(Sql(text), connection, transaction);
        foreach (var (name, value) in values)
        {
            command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        }

        return command;
    }

    public NpgsqlCommand Command(NpgsqlTransaction transaction, string text, params (string Name, object? Value)[] values) =>
        Command(transaction.Connection ?? throw new InvalidOperationException("The transaction has ended."), transaction, text, values);

    /// <returns>The number of rows.</returns>
    public async Task<int> ExecuteAsync(string text, CancellationToken cancellationToken, params (string Name, object? Value)[] values)
    {
        await using var connection = await OpenAsync(cancellationToken);
        await using var command = Command(connection, null, text, values);
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public async Task<IReadOnlyList<T>> QueryAsync<T>(
        string text, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken, params (string Name, object? Value)[] values)
    {
        await using var connection = await OpenAsync(cancellationToken);
        await using var command = Command(connection, null, text, values);
        return await ReadAsync(command, read, cancellationToken);
    }

    /// <returns>What the first row says; null when there is none.</returns>
    public async Task<T?> FirstAsync<T>(
        string text, Func<NpgsqlDataReader, T?> read, CancellationToken cancellationToken, params (string Name, object? Value)[] values)
        where T : class =>
        await QueryAsync(text, read, cancellationToken, values) is [var first, ..] ? first : null;

    public static async Task<IReadOnlyList<T>> ReadAsync<T>(NpgsqlCommand command, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken)
    {
        var rows = new List<T>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(read(reader));
        }

        return rows;
    }
}
