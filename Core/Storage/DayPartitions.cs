using Npgsql;

namespace Platform.Core.Storage;

/// <summary>Makes the day partitions of large tables ahead of time.</summary>
public sealed class DayPartitions(NpgsqlDataSource source)
{
    /// <summary>How many days after today are made.</summary>
    public const int DaysAhead = 7;

    /// <summary>Makes today's partition and those of the next <see cref="DaysAhead"/> days, as far as they are missing.</summary>
    /// <exception cref="NpgsqlException">Postgres cannot be reached.</exception>
    public async Task EnsureAsync(CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(
            $"""
            select ensure_day_partitions(today, today + {DaysAhead})
            from (select (now() at time zone 'utc')::date as today) clock
            """);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>True when a write failed because its day has no partition yet.</summary>
    public static bool IsMissing(PostgresException exception) =>
        exception.SqlState == PostgresErrorCodes.CheckViolation
        && exception.MessageText.StartsWith("no partition of relation", StringComparison.Ordinal);
}
