using Microsoft.Extensions.Logging;
using Npgsql;

namespace Hangfire.PostgreSql.Serving;

/// <summary>What a server does beside its jobs: it says that it and they live, finds jobs of servers that do not, and tidies.</summary>
internal sealed partial class ServerKeeper(
    PostgreSqlStorage storage, BackgroundJobServerOptions options, ServerTable table, JobClaims claims, RunningJobs running)
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(100);

    private readonly ILogger _log = storage.Configuration.Logging.CreateLogger("Hangfire.BackgroundJobServer");
    private readonly Due _expiry = new(storage.Options.JobExpirationCheckInterval);
    private readonly Due _servers = new(options.ServerCheckInterval);
    private readonly Due _heartbeat = new(options.HeartbeatInterval);

    public async Task RunAsync(CancellationToken ending)
    {
        using var timer = new PeriodicTimer(Pause());
        try
        {
            while (await timer.WaitForNextTickAsync(ending))
            {
                await KeepAsync(ending);
            }
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // The server ends.
        }
    }

    private async Task KeepAsync(CancellationToken ending)
    {
        try
        {
            var asked = running.Keys;
            if (asked.Count > 0)
            {
                running.AbortLost(asked, await claims.RenewAsync(asked, ending));
            }

            if (await claims.RecoverAsync(ending) is > 0 and var recovered)
            {
                LogRecovered(recovered);
            }

            await TidyAsync(ending);
        }
        catch (Exception exception) when (exception is NpgsqlException or TimeoutException or Quartz.SchedulerException)
        {
            LogLate(exception);
        }
    }

    private async Task TidyAsync(CancellationToken ending)
    {
        if (_heartbeat.IsNow())
        {
            await table.HeartbeatAsync(ending);
        }

        if (_servers.IsNow())
        {
            await table.RemoveGoneAsync(ending);
        }

        if (_expiry.IsNow())
        {
            await table.RemoveExpiredAsync(ending);
        }
    }

    /// <summary>A sixth of the time after which others take the jobs, so that a few lost beats do no harm.</summary>
    private TimeSpan Pause()
    {
        var shortest = new[] { storage.Options.InvisibilityTimeout / 6, options.CancellationCheckInterval, options.HeartbeatInterval, LongestPause }.Min();
        return shortest > ShortestPause ? shortest : ShortestPause;
    }

    [LoggerMessage(21, LogLevel.Warning, "{Count} jobs of servers that are gone were enqueued again")]
    private partial void LogRecovered(int count);

    [LoggerMessage(22, LogLevel.Warning, "The job server could not reach its database; it tries again")]
    private partial void LogLate(Exception exception);
}
