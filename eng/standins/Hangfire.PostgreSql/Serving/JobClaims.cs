using System.Text.Json;
using Hangfire.PostgreSql.Jobs;
using Hangfire.PostgreSql.Scheduling;
using Hangfire.States;

namespace Hangfire.PostgreSql.Serving;

/// <summary>Takes jobs for a server, keeps them while it runs them, and finds those whose server is gone.</summary>
internal sealed class JobClaims(PostgreSqlStorage storage, string serverId)
{
    private const int Batch = 100;

    private readonly Database _database = storage.Database;

    /// <returns>Null when the job is not to be run: it was deleted, changed, or another server has it.</returns>
    public Task<ClaimedJob?> ClaimAsync(JobVersion job, CancellationToken cancellationToken)
    {
        var state = new ProcessingState(serverId);
        return _database.FirstAsync(
            """
            WITH claimed AS (
                UPDATE $s.standin_job
                SET state = 'Processing', reason = NULL, data = @data::jsonb, version = version + 1, state_at = now(), seen_at = now(), server_id = @server
                WHERE id = @id AND version = @version AND state IN ('Enqueued', 'Scheduled')
                RETURNING *
            ), remembered AS (
                INSERT INTO $s.standin_state (job_id, name, data) SELECT id, state, data FROM claimed
            )
            SELECT id, version, invocation, created_at, coalesce((parameters->>'RetryCount')::integer, 0), now() - created_at FROM claimed
            """,
            reader => new ClaimedJob(
                new JobVersion(reader.GetInt64(0), reader.GetInt32(1)), reader.GetString(2), reader.GetDateTime(3), reader.GetInt32(4), reader.GetTimeSpan(5)),
            cancellationToken,
            ("id", job.Id), ("version", job.Version), ("data", JsonSerializer.Serialize(state.SerializeData())), ("server", serverId));
    }

    /// <summary>Says that the jobs still run.</summary>
    /// <returns>Those that are still this server's.</returns>
    public async Task<IReadOnlyCollection<JobVersion>> RenewAsync(IReadOnlyCollection<JobVersion> running, CancellationToken cancellationToken) =>
        await _database.QueryAsync(
            """
            UPDATE $s.standin_job AS job SET seen_at = CASE WHEN @slides THEN now() ELSE seen_at END
            FROM unnest(@ids, @versions) AS mine (id, version)
            WHERE job.id = mine.id AND job.version = mine.version
            RETURNING job.id, job.version
            """,
            reader => new JobVersion(reader.GetInt64(0), reader.GetInt32(1)),
            cancellationToken,
            ("slides", storage.Options.UseSlidingInvisibilityTimeout),
            ("ids", running.Select(job => job.Id).ToArray()),
            ("versions", running.Select(job => job.Version).ToArray()));

    /// <summary>Enqueues again what its server has shown no life of, and what waits without a trigger because a server died between trigger and claim.</summary>
    /// <returns>The number of jobs.</returns>
    public async Task<int> RecoverAsync(CancellationToken cancellationToken)
    {
        var jobs = await storage.JobsAsync(cancellationToken);
        var gone = await jobs.ChangeAllAsync(
            """
            SELECT id FROM $s.standin_job
            WHERE state = 'Processing' AND seen_at < now() - @timeout
            ORDER BY id LIMIT @batch FOR UPDATE SKIP LOCKED
            """,
            () => new EnqueuedState { Reason = "Its server was gone." },
            cancellationToken, ("timeout", storage.Options.InvisibilityTimeout), ("batch", Batch));
        var lost = await jobs.ChangeAllAsync(
            """
            SELECT job.id FROM $s.standin_job AS job
            WHERE job.state IN ('Enqueued', 'Scheduled') AND greatest(job.state_at, job.enqueue_at) < now() - @timeout
              AND NOT EXISTS (
                SELECT FROM $s.qrtz_triggers AS trigger
                WHERE trigger.sched_name = 'hangfire' AND trigger.trigger_group = 'jobs'
                  AND trigger.trigger_name = job.id || '.' || job.version AND trigger.trigger_state IN ('WAITING', 'ACQUIRED'))
            ORDER BY job.id LIMIT @batch FOR UPDATE OF job SKIP LOCKED
            """,
            () => new EnqueuedState { Reason = "Its trigger was lost." },
            cancellationToken, ("timeout", storage.Options.InvisibilityTimeout), ("batch", Batch));
        return gone.Count + lost.Count;
    }
}
