namespace Platform.Core.Retention;

/// <summary>A class of data with its own retention period.</summary>
public interface IRetentionClass
{
    /// <summary>As it is stored, shown and set.</summary>
    string Name { get; }

    /// <summary>What belongs to it, for people.</summary>
    string Description { get; }

    /// <summary>How long it is kept; zero forever.</summary>
    TimeSpan Keep { get; }

    /// <summary>The tables whose size is shown for it; empty when they hold other things too.</summary>
    IReadOnlyList<string> Tables { get; }

    /// <summary>Deletes what is older than <see cref="Keep"/>, on the database's clock. Done again, it finds nothing.</summary>
    /// <exception cref="Npgsql.NpgsqlException">Postgres cannot be reached, or another session held a lock for too long.</exception>
    Task<Dropped> ApplyAsync(CancellationToken cancellationToken);
}

/// <summary>What was deleted.</summary>
/// <param name="Rows">Rows deleted, or in dropped partitions.</param>
/// <param name="Partitions">Partitions dropped.</param>
/// <param name="Bytes">Of dropped partitions, indexes included.</param>
public readonly record struct Dropped(long Rows, int Partitions, long Bytes)
{
    /// <summary>Both together.</summary>
    public static Dropped operator +(Dropped left, Dropped right) =>
        new(left.Rows + right.Rows, left.Partitions + right.Partitions, left.Bytes + right.Bytes);
}
