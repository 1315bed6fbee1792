using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;
using Platform.Core.Storage;

namespace Platform.Core.Retention;

/// <summary>
/// Keeps the database under its size: the oldest days of bodies go first and, only when there are no more, the oldest days of
/// traces. Messages, imports and the present day are never touched.
/// </summary>
public sealed partial class SizeCap(
    NpgsqlDataSource source,
    DayPartitions partitions,
    BodyRetention bodies,
    TraceRetention traces,
    RetentionLog log,
    IOptions<RetentionOptions> options,
    ILogger<SizeCap> logger)
{
    /// <summary>Drops days until the database is small enough, or nothing more may go.</summary>
    /// <returns>Null when there is no limit.</returns>
    /// <exception cref="NpgsqlException">Postgres cannot be reached, or a day was being read all the time.</exception>
    public Task<SizeCapResult?> ApplyAsync(CancellationToken cancellationToken) => ApplyAsync(options.Value.MaxSizeBytes, cancellationToken);

    /// <summary>With another limit than the settings'; for tests, whose databases are smaller than any that may be set.</summary>
    internal async Task<SizeCapResult?> ApplyAsync(long maxBytes, CancellationToken cancellationToken)
    {
        if (maxBytes == 0)
        {
            return null;
        }

        var bodyDays = await DropWhileTooLargeAsync(bodies.Name, DayPartitions.Bodies, bodies.DropAsync, maxBytes, cancellationToken);
        var traceDays = await DropWhileTooLargeAsync(traces.Name, DayPartitions.Documents, traces.DropAsync, maxBytes, cancellationToken);
        var result = new SizeCapResult(await SizeAsync(cancellationToken), maxBytes, bodyDays, traceDays);
        if (result.IsExceeded)
        {
            LogExceeded(result.SizeBytes, maxBytes);
        }

        return result;
    }

    /// <summary>The database's size on disk, in bytes.</summary>
    public Task<long> SizeAsync(CancellationToken cancellationToken) =>
        source.Sql("select pg_database_size(current_database())").ScalarAsync<long>(cancellationToken);

    private async Task<int> DropWhileTooLargeAsync(
        string name,
        string parent,
        Func<DayPartition, RetentionCause, CancellationToken, Task<Dropped>> drop,
        long maxBytes,
        CancellationToken cancellationToken)
    {
        var size = await SizeAsync(cancellationToken);
        if (size <= maxBytes)
        {
            return 0;
        }

        var id = await log.BeginAsync(name, RetentionCause.Size, cancellationToken);
        var dropped = default(Dropped);
        string? error = null;
        try
        {
            foreach (var day in await partitions.OlderThanAsync(parent, TimeSpan.Zero, cancellationToken))
            {
                dropped += await drop(day, RetentionCause.Size, cancellationToken);
                LogDropped(name, day.Day, day.SizeBytes, size, maxBytes);
                size = await SizeAsync(cancellationToken);
                if (size <= maxBytes)
                {
                    break;
                }
            }
        }
        catch (PostgresException exception)
        {
            error = exception.MessageText;
            throw;
        }
        finally
        {
            await log.EndAsync(id, dropped, error, CancellationToken.None);
        }

        return dropped.Partitions;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The {Class} of {Day} were deleted early ({Bytes} bytes): the database had {SizeBytes} of {MaxSizeBytes} bytes")]
    private partial void LogDropped(string @class, DateOnly day, long bytes, long sizeBytes, long maxSizeBytes);

    [LoggerMessage(Level = LogLevel.Error, Message = "The database has {SizeBytes} bytes, more than the {MaxSizeBytes} of Retention:MaxSizeBytes, and nothing more may be deleted: raise the limit, or delete imports or conversations")]
    private partial void LogExceeded(long sizeBytes, long maxSizeBytes);
}

/// <summary>Result of the size cap.</summary>
/// <param name="SizeBytes">Of the database, at the end.</param>
/// <param name="MaxSizeBytes">What it may have.</param>
/// <param name="BodyDays">Days of bodies that were dropped.</param>
/// <param name="TraceDays">Days of traces that were dropped.</param>
public sealed record SizeCapResult(long SizeBytes, long MaxSizeBytes, int BodyDays, int TraceDays)
{
    /// <summary>True when nothing more may be dropped and the database is still too large.</summary>
    public bool IsExceeded => SizeBytes > MaxSizeBytes;
}
