using Hangfire.States;
using Hangfire.Storage;
using Hangfire.Storage.Monitoring;

namespace Hangfire.PostgreSql.Monitoring;

/// <inheritdoc cref="IMonitoringApi"/>
internal sealed partial class PostgreSqlMonitoringApi(PostgreSqlStorage storage) : IMonitoringApi
{
    public JobList<EnqueuedJobDto> EnqueuedJobs(string queue, int from, int perPage) => List(
        "state = 'Enqueued' AND queue = @queue ORDER BY id", from, perPage,
        row => new EnqueuedJobDto
        {
            Job = row.Job, LoadException = row.LoadException, StateData = row.Data, State = row.State, EnqueuedAt = row.StateAt,
        },
        ("queue", queue));

    public JobList<ProcessingJobDto> ProcessingJobs(int from, int count) => List(
        "state = 'Processing' ORDER BY state_at, id", from, count,
        row => new ProcessingJobDto
        {
            Job = row.Job, LoadException = row.LoadException, StateData = row.Data, ServerId = row.ServerId, StartedAt = row.StateAt,
        });

    public JobList<ScheduledJobDto> ScheduledJobs(int from, int count) => List(
        "state = 'Scheduled' ORDER BY enqueue_at, id", from, count,
        row => new ScheduledJobDto
        {
            Job = row.Job, LoadException = row.LoadException, StateData = row.Data, ScheduledAt = row.StateAt,
            EnqueueAt = row.Instant("EnqueueAt") ?? row.StateAt,
        });

    public JobList<SucceededJobDto> SucceededJobs(int from, int count) => List(
        "state = 'Succeeded' ORDER BY state_at DESC, id DESC", from, count,
        row => new SucceededJobDto
        {
            Job = row.Job, LoadException = row.LoadException, StateData = row.Data, SucceededAt = row.StateAt,
            Result = row.Text("Result"), TotalDuration = row.Number("Latency") + row.Number("PerformanceDuration"),
        });

    public JobList<FailedJobDto> FailedJobs(int from, int count) => List(
        "state = 'Failed' ORDER BY state_at DESC, id DESC", from, count,
        row => new FailedJobDto
        {
            Job = row.Job, LoadException = row.LoadException, StateData = row.Data, FailedAt = row.StateAt, Reason = row.Reason,
            ExceptionType = row.Text("ExceptionType"), ExceptionMessage = row.Text("ExceptionMessage"), ExceptionDetails = row.Text("ExceptionDetails"),
        });

    public JobList<DeletedJobDto> DeletedJobs(int from, int count) => List(
        "state = 'Deleted' ORDER BY state_at DESC, id DESC", from, count,
        row => new DeletedJobDto { Job = row.Job, LoadException = row.LoadException, StateData = row.Data, DeletedAt = row.StateAt });

    public long ScheduledCount() => CountOf(ScheduledState.StateName);

    public long EnqueuedCount(string queue) => Numbers(
        "SELECT count(*) FROM $s.standin_job WHERE state = 'Enqueued' AND queue = @queue", ("queue", queue));

    public long FailedCount() => CountOf(FailedState.StateName);

    public long ProcessingCount() => CountOf(ProcessingState.StateName);

    public long SucceededListCount() => CountOf(SucceededState.StateName);

    public long DeletedListCount() => CountOf(DeletedState.StateName);

    private JobList<T> List<T>(string which, int from, int count, Func<JobRow, T> show, params (string Name, object? Value)[] values)
    {
        var rows = Read($"SELECT {JobRow.Columns} FROM $s.standin_job WHERE {which} OFFSET @from LIMIT @count", JobRow.Read,
            [.. values, ("from", from), ("count", count)]);
        return new JobList<T>(rows.Select(row => KeyValuePair.Create(row.Id, show(row))));
    }

    private long CountOf(string state) => Numbers("SELECT count(*) FROM $s.standin_job WHERE state = @state", ("state", state));

    private long Numbers(string sql, params (string Name, object? Value)[] values) =>
        Read(sql, reader => reader.GetInt64(0), values).Single();

    /// <summary>The real interface is synchronous; away from the caller's context nothing can wait for the caller's own thread.</summary>
    private IReadOnlyList<T> Read<T>(string sql, Func<Npgsql.NpgsqlDataReader, T> read, params (string Name, object? Value)[] values) =>
        Task.Run(async () =>
        {
            await storage.JobsAsync(CancellationToken.None);
            return await storage.Database.QueryAsync(sql, read, CancellationToken.None, values);
        }).GetAwaiter().GetResult();
}
