using Hangfire.Common;
using Hangfire.PostgreSql.Jobs;
using Hangfire.PostgreSql.Scheduling;
using Hangfire.Server;
using Hangfire.States;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Hangfire.PostgreSql.Serving;

/// <summary>Runs one job after another trigger fired: claim, call, outcome.</summary>
internal sealed partial class JobWork(
    PostgreSqlStorage storage, JobClaims claims, RunningJobs running, JobPerformer performer, string serverId, CancellationToken stopping)
{
    private const int WriteAttempts = 5;

    private static readonly TimeSpan WritePause = TimeSpan.FromSeconds(1);

    private readonly ILogger _log = storage.Configuration.Logging.CreateLogger("Hangfire.BackgroundJobServer");

    public async Task RunAsync(JobVersion trigger)
    {
        if (await claims.ClaimAsync(trigger, CancellationToken.None) is not { } claimed)
        {
            return;
        }

        using var cancellation = new JobCancellation(stopping);
        running.Add(claimed.Key, cancellation);
        try
        {
            var (state, retries) = await PerformAsync(claimed, cancellation);
            if (state is not null)
            {
                await WriteAsync(claimed, state, retries);
            }
        }
        finally
        {
            running.Remove(claimed.Key);
        }
    }

    private async Task<(IState? State, int? Retries)> PerformAsync(ClaimedJob claimed, JobCancellation cancellation)
    {
        Job job;
        try
        {
            job = StoredJob.Read(claimed.Invocation);
        }
        catch (JobLoadException exception)
        {
            LogUnknown(claimed.Key.Id, exception);
            return (new FailedState(exception, serverId) { Reason = exception.Message }, null);
        }

        var id = claimed.Key.Id.ToString(System.Globalization.CultureInfo.InvariantCulture);
        var context = new PerformContext(storage, new BackgroundJob(id, job, claimed.CreatedAt), cancellation, serverId);
        var outcome = await performer.PerformAsync(context, cancellation, claimed.Latency);
        if (outcome is not FailedState failed)
        {
            return (outcome, null);
        }

        var retry = JobFilters.Of<AutomaticRetryAttribute>(job) ?? storage.Configuration.Retry;
        var next = retry.Elect(failed, claimed.Retries + 1);
        LogFailure(retry, claimed.Key.Id, job, next, failed.Exception);
        return (next, next is ScheduledState or EnqueuedState ? claimed.Retries + 1 : null);
    }

    /// <summary>A database that is away for a moment does not make a job run twice.</summary>
    private async Task WriteAsync(ClaimedJob claimed, IState state, int? retries)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var jobs = await storage.JobsAsync(CancellationToken.None);
                await jobs.ChangeAsync(claimed.Key.Id, state, new Expectation(Version: claimed.Key.Version, RetryCount: retries), CancellationToken.None);
                return;
            }
            catch (NpgsqlException exception) when (attempt < WriteAttempts)
            {
                LogRetry(claimed.Key.Id, state.Name, exception);
                await Task.Delay(WritePause, CancellationToken.None);
            }
        }
    }

    private void LogFailure(AutomaticRetryAttribute retry, long id, Job job, IState next, Exception exception)
    {
        if (retry.LogEvents && next is FailedState)
        {
            LogFailed(id, job.Type.Name, job.Method.Name, exception);
        }
        else if (retry.LogEvents)
        {
            LogRetried(id, job.Type.Name, job.Method.Name, next.Reason, exception);
        }
    }

    [LoggerMessage(1, LogLevel.Error, "Job {JobId} ({Type}.{Method}) failed for good")]
    private partial void LogFailed(long jobId, string type, string method, Exception exception);

    [LoggerMessage(2, LogLevel.Warning, "Job {JobId} ({Type}.{Method}) failed: {Outcome}")]
    private partial void LogRetried(long jobId, string type, string method, string? outcome, Exception exception);

    [LoggerMessage(3, LogLevel.Error, "Job {JobId} cannot be run by this build")]
    private partial void LogUnknown(long jobId, Exception exception);

    [LoggerMessage(4, LogLevel.Warning, "The outcome {State} of job {JobId} could not be written yet")]
    private partial void LogRetry(long jobId, string state, Exception exception);
}
