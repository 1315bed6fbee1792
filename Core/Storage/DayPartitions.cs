using Npgsql;

namespace Platform.Core.Storage;

/// <summary>Makes the day partitions of large tables ahead of time, and drops them when they may go.</summary>
public sealed class DayPartitions(NpgsqlDataSource source)
{
    /// <summary>How many days after today are made.</summary>
    public const int DaysAhead = 7;

    /// <summary>The table of trace documents.</summary>
    public const string Documents = "trace_documents";

    /// <summary>The table of raw requests and responses.</summary>
    public const string Bodies = "bodies";

    /// <summary>The log of platform events.</summary>
    public const string Events = "event_log";

    private const int DropAttempts = 20;

    private static readonly TimeSpan DropPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan CountTimeout = TimeSpan.FromMinutes(5);

    /// <summary>Makes today's partition and those of the next <see cref="DaysAhead"/> days, as far as they are missing.</summary>
    /// <exception cref="NpgsqlException">Postgres cannot be reached.</exception>
    public Task EnsureAsync(CancellationToken cancellationToken) =>
        source.Sql(
            $"""
            select ensure_day_partitions(today, today + {DaysAhead})
            from (select (now() at time zone 'utc')::date as today) clock
            """)
            .ExecuteAsync(cancellationToken);

    /// <summary>Lists partitions whose youngest row is older than <paramref name="age"/>, oldest first. What is kept is never among them.</summary>
    /// <param name="parent">The table.</param>
    /// <param name="age">Counted from the end of the UTC day, on the database's clock; zero for every day before today.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<IReadOnlyList<DayPartition>> OlderThanAsync(string parent, TimeSpan age, CancellationToken cancellationToken) =>
        await source.Sql(
            """
            select day, size_bytes
            from (
                select to_date(right(child.relname, 8), 'YYYYMMDD') as day, pg_total_relation_size(child.oid) as size_bytes
                from pg_inherits
                join pg_class child on child.oid = inhrelid
                where inhparent = @parent::regclass and child.relname ~ '_[0-9]{8}$'
            ) days
            where (day + 1)::timestamp at time zone 'utc' <= now() - @age
            order by day
            """)
            .With("parent", parent)
            .With("age", age)
            .ListAsync(row => new DayPartition(parent, row.Get<DateOnly>("day"), row.Get<long>("size_bytes")), cancellationToken);

    /// <summary>Drops a partition and records that. Readers of the table wait a fifth of a second at most.</summary>
    /// <param name="partition">What to drop; one that does not exist any more counts as dropped.</param>
    /// <param name="cause"><c>age</c> or <c>size</c>.</param>
    /// <param name="clock">Paces further attempts.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>How many rows it held.</returns>
    /// <exception cref="PostgresException">Somebody read it all the time (55P03); the next run tries again.</exception>
    public async Task<long> DropAsync(DayPartition partition, string cause, TimeProvider clock, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await TryDropAsync(partition, cause, cancellationToken);
            }
            catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.LockNotAvailable && attempt < DropAttempts)
            {
                await Task.Delay(DropPause, clock, cancellationToken);
            }
        }
    }

    /// <summary>True when a write failed because its day has no partition yet.</summary>
    public static bool IsMissing(PostgresException exception) =>
        exception.SqlState == PostgresErrorCodes.CheckViolation
        && exception.MessageText.StartsWith("no partition of relation", StringComparison.Ordinal);

    private Task<long> TryDropAsync(DayPartition partition, string cause, CancellationToken cancellationToken) =>
        source.Sql("select drop_day_partition(@parent, @day, @cause)")
            .With("parent", partition.Parent).With("day", partition.Day).With("cause", cause)
            .WithTimeout(CountTimeout)
            .ScalarAsync<long>(cancellationToken);
}

/// <summary>One day of a large table.</summary>
/// <param name="Parent">The table.</param>
/// <param name="Day">UTC day of arrival.</param>
/// <param name="SizeBytes">On disk, indexes included.</param>
public sealed record DayPartition(string Parent, DateOnly Day, long SizeBytes);

/// <summary>
/// The partition of imported documents and bodies, which are kept by default: they are stored under one early day, so that day
/// partitions hold only what may be dropped as a whole.
/// </summary>
public static class KeptPartition
{
    /// <summary>The day, long before any day of arrival.</summary>
    public static readonly DateOnly Day = new(2000, 1, 1);
}
