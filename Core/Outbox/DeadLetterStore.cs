using Npgsql;
using Platform.Core.Storage;

namespace Platform.Core.Outbox;

/// <summary>Requeues and deletes dead letters of a tenant.</summary>
public sealed class DeadLetterStore(NpgsqlDataSource source)
{
    /// <summary>Requeues a dead letter at the end of the outbox with its attempts reset and the same dedupe key.</summary>
    /// <returns>False when there is no such dead letter.</returns>
    /// <exception cref="NpgsqlException">Postgres cannot be reached.</exception>
    public Task<bool> RequeueAsync(string tenantId, Guid id, CancellationToken cancellationToken) => ExecuteAsync(
        $"""
        with requeued as (
            delete from dead_letters where tenant_id = @tenant and id = @id
            returning *
        ), put as (
            insert into outbox (id, tenant_id, kind, target, ordering_key, dedupe_key, event_type, payload, activation_id, activation_fence, created_at)
            select id, tenant_id, kind, target, ordering_key, dedupe_key, event_type, payload, activation_id, activation_fence, created_at
            from requeued
            on conflict (target, dedupe_key) do nothing
        )
        select count(*), pg_notify('{OutboxQueue.WakeChannel}', '') from requeued
        """,
        tenantId,
        id,
        cancellationToken);

    /// <summary>Deletes a dead letter.</summary>
    /// <returns>False when there is no such dead letter.</returns>
    /// <exception cref="NpgsqlException">Postgres cannot be reached.</exception>
    public Task<bool> DeleteAsync(string tenantId, Guid id, CancellationToken cancellationToken) => ExecuteAsync(
        "with deleted as (delete from dead_letters where tenant_id = @tenant and id = @id returning 1) select count(*) from deleted",
        tenantId,
        id,
        cancellationToken);

    private async Task<bool> ExecuteAsync(string sql, string tenantId, Guid id, CancellationToken cancellationToken) =>
        await source.Sql(sql).With("tenant", tenantId).With("id", id).ScalarAsync<long>(cancellationToken) == 1;
}
