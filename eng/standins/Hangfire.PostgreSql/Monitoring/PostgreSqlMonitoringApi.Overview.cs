using Hangfire.PostgreSql.Jobs;
using Hangfire.Storage.Monitoring;

namespace Hangfire.PostgreSql.Monitoring;

/// <content>Queues, servers, numbers, and single jobs.</content>
internal sealed partial class PostgreSqlMonitoringApi
{
    private const int FirstJobs = 5;

    public IList<QueueWithTopEnqueuedJobsDto> Queues() =>
    [
        .. Read(
            """
            SELECT queue, count(*) FILTER (WHERE state = 'Enqueued'), count(*) FILTER (WHERE state = 'Processing')
            FROM (SELECT queue, state FROM $s.standin_job WHERE state IN ('Enqueued', 'Processing')
                  UNION ALL SELECT DISTINCT unnest(queues), '' FROM $s.standin_server) AS known (queue, state)
            GROUP BY queue ORDER BY queue
            """,
            reader => new QueueWithTopEnqueuedJobsDto { Name = reader.GetString(0), Length = reader.GetInt64(1), Fetched = reader.GetInt64(2) })
        .Select(queue =>
        {
            queue.FirstJobs = EnqueuedJobs(queue.Name, 0, FirstJobs);
            return queue;
        }),
    ];

    public IList<ServerDto> Servers() =>
    [
        .. Read(
            "SELECT id, workers, queues, started_at, heartbeat_at FROM $s.standin_server ORDER BY started_at, id",
            reader => new ServerDto
            {
                Name = reader.GetString(0),
                WorkersCount = reader.GetInt32(1),
                Queues = reader.GetFieldValue<string[]>(2),
                StartedAt = reader.GetDateTime(3),
                Heartbeat = reader.GetDateTime(4),
            }),
    ];

    public StatisticsDto GetStatistics() => Read(
        """
        SELECT count(*) FILTER (WHERE state = 'Enqueued'), count(*) FILTER (WHERE state = 'Scheduled'), count(*) FILTER (WHERE state = 'Processing'),
            count(*) FILTER (WHERE state = 'Failed'), count(*) FILTER (WHERE state = 'Awaiting'),
            count(*) FILTER (WHERE state = 'Scheduled' AND parameters ? 'RetryCount'),
            count(*) FILTER (WHERE state = 'Succeeded') + coalesce((SELECT jobs FROM $s.standin_expired WHERE state = 'Succeeded'), 0),
            count(*) FILTER (WHERE state = 'Deleted') + coalesce((SELECT jobs FROM $s.standin_expired WHERE state = 'Deleted'), 0),
            (SELECT count(*) FROM $s.standin_server),
            count(DISTINCT queue) FILTER (WHERE state IN ('Enqueued', 'Processing'))
        FROM $s.standin_job
        """,
        reader => new StatisticsDto
        {
            Enqueued = reader.GetInt64(0),
            Scheduled = reader.GetInt64(1),
            Processing = reader.GetInt64(2),
            Failed = reader.GetInt64(3),
            Awaiting = reader.GetInt64(4),
            Retries = reader.GetInt64(5),
            Succeeded = reader.GetInt64(6),
            Deleted = reader.GetInt64(7),
            Servers = reader.GetInt64(8),
            Queues = reader.GetInt64(9),
        }).Single();

    public JobDetailsDto? JobDetails(string jobId) => !JobTable.TryRead(jobId, out var id) ? null : Read(
        $"SELECT {JobRow.Columns}, parameters, expires_at FROM $s.standin_job WHERE id = @id",
        reader =>
        {
            var row = JobRow.Read(reader);
            return new JobDetailsDto
            {
                Job = row.Job,
                LoadException = row.LoadException,
                CreatedAt = row.CreatedAt,
                Properties = StateData.Read(reader.GetString(8)),
                ExpireAt = reader.IsDBNull(9) ? null : reader.GetDateTime(9),
                History = [],
            };
        },
        ("id", id)).Select(details =>
        {
            details.History = [.. HistoryOf(id)];
            return details;
        }).FirstOrDefault();

    private IReadOnlyList<StateHistoryDto> HistoryOf(long id) => Read(
        "SELECT name, reason, data, created_at FROM $s.standin_state WHERE job_id = @id ORDER BY id DESC",
        reader => new StateHistoryDto
        {
            StateName = reader.GetString(0),
            Reason = reader.IsDBNull(1) ? null : reader.GetString(1),
            Data = StateData.Read(reader.GetString(2)),
            CreatedAt = reader.GetDateTime(3),
        },
        ("id", id));
}
