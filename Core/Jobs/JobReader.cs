using System.Globalization;
using System.Reflection;
using Hangfire;
using Hangfire.Common;
using Platform.Contracts.Jobs;

namespace Platform.Core.Jobs;

/// <summary>What people see of the job queue.</summary>
public sealed class JobReader(JobStorage storage)
{
    private const int EachState = 10;

    /// <summary>Figures and recent jobs. Hangfire's reads block, so they are kept off the request's thread.</summary>
    /// <exception cref="Npgsql.NpgsqlException">Postgres cannot be reached.</exception>
    public Task<JobList> ReadAsync(CancellationToken cancellationToken) => Task.Run(Read, cancellationToken);

    private JobList Read()
    {
        var monitoring = storage.GetMonitoringApi();
        var figures = monitoring.GetStatistics();
        return new JobList(
            figures.Enqueued,
            figures.Scheduled,
            figures.Processing,
            figures.Succeeded,
            figures.Failed,
            figures.Servers,
            [
                .. monitoring.ProcessingJobs(0, EachState).Select(job => Of(job.Key, JobState.Processing, job.Value?.Job, job.Value?.StartedAt)),
                .. monitoring.FailedJobs(0, EachState).Select(job => Of(
                    job.Key, JobState.Failed, job.Value?.Job, job.Value?.FailedAt, error: job.Value?.ExceptionMessage ?? job.Value?.Reason)),
                .. monitoring.ScheduledJobs(0, EachState).Select(job => Of(job.Key, JobState.Scheduled, job.Value?.Job, job.Value?.EnqueueAt)),
                .. monitoring.SucceededJobs(0, EachState).Select(job => Of(
                    job.Key, JobState.Succeeded, job.Value?.Job, job.Value?.SucceededAt, job.Value?.TotalDuration)),
            ]);
    }

    private static JobResponse Of(string id, JobState state, Job? job, DateTime? at, long? durationMs = null, string? error = null) => new(
        id,
        state,
        job is null ? null : NameOf(job),
        at is { } moment ? new DateTimeOffset(DateTime.SpecifyKind(moment, DateTimeKind.Utc)) : null,
        durationMs,
        error);

    /// <summary>The display name of the job's method: <c>backup, run 7</c>. A method without one is shown as a call.</summary>
    private static string NameOf(Job job) => job.Method.GetCustomAttribute<JobDisplayNameAttribute>() is { DisplayName: var format }
        ? string.Format(CultureInfo.InvariantCulture, format, [.. job.Args])
        : $"{job.Type.Name}.{job.Method.Name}({string.Join(", ", job.Args.Where(IsPlain))})";

    // Tokens are arguments of the method, not of the job.
    private static bool IsPlain(object? argument) => argument is string or long or int or Guid;
}
