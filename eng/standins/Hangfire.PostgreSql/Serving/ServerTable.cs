using Hangfire.PostgreSql.Jobs;
using Hangfire.States;

namespace Hangfire.PostgreSql.Serving;

/// <summary>The list of servers, and what is thrown away from time to time.</summary>
internal sealed class ServerTable(PostgreSqlStorage storage, BackgroundJobServerOptions options, string serverId)
{
    private readonly Database _database = storage.Database;

    public Task HeartbeatAsync(CancellationToken cancellationToken) => _database.ExecuteAsync(
        """
        INSERT INTO $s.standin_server (id, workers, queues) VALUES (@id, @workers, @queues)
        ON CONFLICT (id) DO UPDATE SET heartbeat_at = now()
        """,
        cancellationToken, ("id", serverId), ("workers", options.WorkerCount), ("queues", options.Queues));

    public Task RemoveAsync(CancellationToken cancellationToken) =>
        _database.ExecuteAsync("DELETE FROM $s.standin_server WHERE id = @id", cancellationToken, ("id", serverId));

    public Task RemoveGoneAsync(CancellationToken cancellationToken) => _database.ExecuteAsync(
        "DELETE FROM $s.standin_server WHERE heartbeat_at < now() - @timeout", cancellationToken, ("timeout", options.ServerTimeout));

    /// <summary>Removes expired jobs, and counts them.</summary>
    public async Task RemoveExpiredAsync(CancellationToken cancellationToken)
    {
        while (await RemoveBatchAsync(cancellationToken) > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    /// <summary>Hands back what still runs when the server's time is up.</summary>
    /// <returns>The jobs.</returns>
    public async Task<IReadOnlyList<long>> ReleaseAsync(CancellationToken cancellationToken)
    {
        var jobs = await storage.JobsAsync(cancellationToken);
        return await jobs.ChangeAllAsync(
            "SELECT id FROM $s.standin_job WHERE state = 'Processing' AND server_id = @server ORDER BY id FOR UPDATE SKIP LOCKED",
            () => new EnqueuedState { Reason = "The server was stopped." },
            cancellationToken, ("server", serverId));
    }

    private Task<int> RemoveBatchAsync(CancellationToken cancellationToken) => _database.ExecuteAsync(
        """
        WITH removed AS (
            DELETE FROM $s.standin_job WHERE id IN (
                SELECT id FROM $s.standin_job WHERE expires_at < now() ORDER BY expires_at LIMIT @batch FOR UPDATE SKIP LOCKED)
            RETURNING state
        )
        INSERT INTO $s.standin_expired (state, jobs) SELECT state, count(*) FROM removed GROUP BY state
        ON CONFLICT (state) DO UPDATE SET jobs = standin_expired.jobs + excluded.jobs
        """,
        cancellationToken, ("batch", storage.Options.DeleteExpiredBatchSize));
}
