using Npgsql;
using Platform.Core.Storage;

namespace Platform.Core.Outbox;

/// <summary>What a person does with dead letters. Another tenant's are not there.</summary>
public sealed class DeadLetterDesk(NpgsqlDataSource source)
{
    /// <summary>Puts a dead letter into the outbox again, behind what waits there, with all its tries and the same dedupe key.</summary>
    /// <returns>False when there is no such dead letter.</returns>
    /// <exception cref="NpgsqlException">Postgres cannot be reached.</exception>
    public Task<bool> RequeueAsync(string tenantId, Guid id, CancellationToken cancellationToken) => ExecuteAsync(
        $"""
        with risen as (
            delete from dead_letters where tenant_id = @tenant and id = @id
            returning *
        ), put as (
            insert into outbox (id, tenant_id, kind, target, ordering_key, dedupe_key, event_type, payload, activation_id, activation_fence, created_at)
            select id, tenant_id, kind, target, ordering_key, dedupe_key, event_type, payload, activation_id, activation_fence, created_at
            from risen
            on conflict (target, dedupe_key) do nothing
        )
        select count(*), pg_notify('{OutboxQueue.WakeChannel}', '') from risen
        """,
        tenantId,
        id,
        cancellationToken);

    /// <summary>Throws a dead letter away.</summary>
    /// <returns>False when there is no such dead letter.</returns>
    /// <exception cref="NpgsqlException">Postgres cannot be reached.</exception>
    public Task<bool> DeleteAsync(string tenantId, Guid id, CancellationToken cancellationToken) => ExecuteAsync(
        "with gone as (delete from dead_letters where tenant_id = @tenant and id = @id returning 1) select count(*) from gone",
        tenantId,
        id,
        cancellationToken);

    private async Task<bool> ExecuteAsync(string sql, string tenantId, Guid id, CancellationToken cancellationToken) =>
        await source.Sql(sql).With("tenant", tenantId).With("id", id).ScalarAsync<long>(cancellationToken) == 1;
}
