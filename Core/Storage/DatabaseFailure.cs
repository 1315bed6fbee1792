using System.Net.Sockets;
using System.Net.WebSockets;
using Npgsql;
using StackExchange.Redis;

namespace Platform.Core.Storage;

/// <summary>Distinguishes an unavailable database, which is waited for, from a bug.</summary>
public static class DatabaseFailure
{
    /// <summary>
    /// Whether the exception is of a type that Npgsql throws itself. A name that does not resolve, such as that of a stopped container, is a bare
    /// <see cref="SocketException"/>, no <see cref="NpgsqlException"/>.
    /// </summary>
    /// <param name="exception">What an operation on the database has thrown; of another client it may be, too, so ask only where there is none.</param>
    public static bool IsThrownByNpgsql(Exception exception) => exception is NpgsqlException or TimeoutException or SocketException;

    /// <summary>Whether the exception, or one that it wraps, means that Postgres is unavailable now.</summary>
    /// <param name="exception">What was thrown.</param>
    /// <returns>False for errors of a statement, such as a violated constraint.</returns>
    public static bool IsAway(Exception exception) => CauseOf(exception) switch
    {
        // No table: the schema is not migrated yet, and the host is not ready either.
        PostgresException refused => refused.IsTransient || refused.SqlState == PostgresErrorCodes.UndefinedTable || IsFull(refused),
        { } => true,
        null => false,
    };

    /// <summary>Whether the exception, or one that it wraps, means that no connection can be made or that it broke. All connections in use is not that.</summary>
    /// <param name="exception">What was thrown.</param>
    public static bool IsUnreachable(Exception exception) => CauseOf(exception) switch
    {
        PostgresException refused => refused.SqlState is PostgresErrorCodes.CannotConnectNow or PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown,
        { } cause => Chain(cause).Any(inner => inner is SocketException or EndOfStreamException),
        null => false,
    };

    /// <summary>Whether the exception, or one that it wraps, means that Postgres, or a connection of the pool, was waited for in vain.</summary>
    /// <param name="exception">What was thrown.</param>
    public static bool IsTimeout(Exception exception) => CauseOf(exception) is { } cause && Chain(cause).Any(inner => inner is TimeoutException);

    /// <summary>Whether the exception, or one that it wraps, means that Postgres has no room on its disk: reads go on, writes do not.</summary>
    /// <param name="exception">What was thrown.</param>
    public static bool IsDiskFull(Exception exception) => CauseOf(exception) is PostgresException refused && IsFull(refused);

    // EF Core and Hangfire wrap what fails for a while. Other clients wrap the same types: their timeouts and sockets are not the database's.
    private static Exception? CauseOf(Exception exception) =>
        Chain(exception).TakeWhile(cause => !IsOfAnotherClient(cause)).FirstOrDefault(IsThrownByNpgsql);

    private static bool IsOfAnotherClient(Exception exception) =>
        exception is HttpRequestException or WebSocketException or RedisException or RedisTimeoutException or OperationCanceledException;

    private static IEnumerable<Exception> Chain(Exception exception)
    {
        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            yield return cause;
        }
    }

    // 53100; or an error of the file system (58030) or one without a code of its own (XX000), such as "could not write init file" of a new connection.
    private static bool IsFull(PostgresException refused) =>
        refused.SqlState == PostgresErrorCodes.DiskFull
        || (refused.SqlState is PostgresErrorCodes.IoError or PostgresErrorCodes.InternalError
            && (refused.MessageText.Contains("No space left on device", StringComparison.OrdinalIgnoreCase)
                || refused.MessageText.Contains("could not write init file", StringComparison.Ordinal)));
}
