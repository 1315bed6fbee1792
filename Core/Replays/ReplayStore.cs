using Microsoft.EntityFrameworkCore;
using Npgsql;
using Platform.Core.Storage;

namespace Platform.Core.Replays;

/// <summary>Stores replays, and reads their results.</summary>
public sealed class ReplayStore(NpgsqlDataSource source, IDbContextFactory<PlatformDbContext> contexts)
{
    /// <summary>Most replays of a tenant that may wait or run at a time: one too many clicks must not become a bill.</summary>
    public const int MostOpen = 10;

    /// <summary>Most that are listed of a call.</summary>
    public const int MostListed = 50;

    /// <summary>Queues a replay.</summary>
    /// <returns>False when <see cref="MostOpen"/> are open already.</returns>
    /// <exception cref="NpgsqlException">Postgres cannot be reached.</exception>
    public async Task<bool> AddAsync(Replay replay, CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var added = await connection.Sql(
            """
            select pg_advisory_xact_lock(hashtextextended('replays:' || @tenant, 0));
            insert into replays (id, tenant_id, trace_id, llm_call_id, mode, asked_model, state, left_out)
            select @id, @tenant, @trace, @call, @mode, @model, 'waiting', @leftOut
            where (select count(*) from replays where state in ('waiting', 'running') and tenant_id = @tenant) < @most
            """)
            .With("id", replay.Id).With("tenant", replay.TenantId).With("trace", replay.TraceId).With("call", replay.LlmCallId)
            .With("mode", EnumText.Of(replay.Mode)).With("model", replay.AskedModel).With("leftOut", replay.LeftOut.ToArray())
            .With("most", MostOpen)
            .ExecuteAsync(cancellationToken) == 1;
        if (added)
        {
            await connection.Sql($"notify {ReplayQueue.WakeChannel}").ExecuteAsync(cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        return added;
    }

    /// <summary>Lists the replays of a call, the newest first.</summary>
    public async Task<IReadOnlyList<Replay>> ListAsync(Guid traceId, Guid callId, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Replays.Where(replay => replay.TraceId == traceId && replay.LlmCallId == callId)
            .OrderByDescending(replay => replay.Id).Take(MostListed).ToListAsync(cancellationToken);
    }

    /// <summary>Finds one.</summary>
    /// <returns>Null when there is none, or it is another tenant's.</returns>
    public async Task<Replay?> FindAsync(string tenantId, Guid id, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Replays.SingleOrDefaultAsync(replay => replay.Id == id && replay.TenantId == tenantId, cancellationToken);
    }
}
