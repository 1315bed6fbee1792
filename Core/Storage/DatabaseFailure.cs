using System.Net.Sockets;
using Npgsql;

namespace Platform.Core.Storage;

/// <summary>Distinguishes an unavailable database, which is waited for, from a bug.</summary>
public static class DatabaseFailure
{
    /// <summary>
    /// Whether the exception, or one that it wraps, means that Postgres is unavailable now. EF Core wraps what fails for a
    /// while into an <see cref="InvalidOperationException"/>, so the type of the outermost one is no criterion.
    /// </summary>
    /// <param name="exception">What was thrown.</param>
    /// <returns>False for errors of a statement, such as a violated constraint.</returns>
    public static bool IsAway(Exception exception)
    {
        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            switch (cause)
            {
                case PostgresException refused:
                    // No table: the schema is not migrated yet, and the host is not ready either.
                    return refused.IsTransient || refused.SqlState == PostgresErrorCodes.UndefinedTable || IsFull(refused);
                case NpgsqlException or TimeoutException:
                    return true;
                default:
                    continue;
            }
        }

        return false;
    }

    /// <summary>Whether the exception, or one that it wraps, means that no connection can be made or that it broke. All connections in use is not that.</summary>
    /// <param name="exception">What was thrown.</param>
    public static bool IsUnreachable(Exception exception)
    {
        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            switch (cause)
            {
                case PostgresException refused:
                    return refused.SqlState is PostgresErrorCodes.CannotConnectNow or PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown;
                case SocketException or EndOfStreamException:
                    return true;
                default:
                    continue;
            }
        }

        return false;
    }

    /// <summary>Whether the exception, or one that it wraps, means that Postgres, or a connection of the pool, was waited for in vain.</summary>
    /// <param name="exception">What was thrown.</param>
    public static bool IsTimeout(Exception exception)
    {
        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            if (cause is TimeoutException)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether the exception, or one that it wraps, means that Postgres has no room on its disk: reads go on, writes do not.</summary>
    /// <param name="exception">What was thrown.</param>
    public static bool IsDiskFull(Exception exception)
    {
        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            if (cause is PostgresException refused)
            {
                return IsFull(refused);
            }
        }

        return false;
    }

    // 53100; or an error of the file system (58030) or one without a code of its own (XX000), such as "could not write init file" of a new connection.
    private static bool IsFull(PostgresException refused) =>
        refused.SqlState == PostgresErrorCodes.DiskFull
        || (refused.SqlState is PostgresErrorCodes.IoError or PostgresErrorCodes.InternalError
            && (refused.MessageText.Contains("No space left on device", StringComparison.OrdinalIgnoreCase)
                || refused.MessageText.Contains("could not write init file", StringComparison.Ordinal)));
}
