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
                    return refused.IsTransient || refused.SqlState == PostgresErrorCodes.UndefinedTable;
                case NpgsqlException or TimeoutException:
                    return true;
                default:
                    continue;
            }
        }

        return false;
    }
}
