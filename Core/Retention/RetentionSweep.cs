using Microsoft.Extensions.Logging;
using Npgsql;

namespace Platform.Core.Retention;

/// <summary>Runs all retention classes. A class that fails does not stop the others.</summary>
public sealed partial class RetentionSweep(RetentionClasses classes, RetentionLog log, ILogger<RetentionSweep> logger)
{
    /// <summary>Runs all classes once.</summary>
    /// <returns>Deletions by class, without empty ones; and the failed classes with the reason.</returns>
    public async Task<(IReadOnlyDictionary<string, Dropped> Dropped, IReadOnlyDictionary<string, string> Failed)> RunAsync(
        CancellationToken cancellationToken)
    {
        Dictionary<string, Dropped> dropped = [];
        Dictionary<string, string> failed = [];
        foreach (var one in classes.All.Where(one => one.Keep > TimeSpan.Zero))
        {
            var id = await log.BeginAsync(one.Name, RetentionCause.Age, cancellationToken);
            try
            {
                var result = await one.ApplyAsync(cancellationToken);
                await log.EndAsync(id, result, null, cancellationToken);
                if (result.Rows > 0 || result.Partitions > 0)
                {
                    dropped[one.Name] = result;
                    LogDropped(one.Name, result.Rows, result.Partitions, result.Bytes);
                }
            }
            catch (NpgsqlException exception) when (exception is PostgresException || exception.InnerException is TimeoutException)
            {
                var reason = (exception as PostgresException)?.MessageText ?? "A statement timed out.";
                failed[one.Name] = reason;
                LogFailed(exception, one.Name);
                await log.EndAsync(id, default, reason, cancellationToken);
            }
        }

        return (dropped, failed);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Retention of {Class}: {Rows} rows and {Partitions} day partitions deleted, {Bytes} bytes freed")]
    private partial void LogDropped(string @class, long rows, int partitions, long bytes);

    [LoggerMessage(Level = LogLevel.Error, Message = "Retention of {Class} failed; the next run retries it")]
    private partial void LogFailed(Exception exception, string @class);
}
