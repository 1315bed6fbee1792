using Microsoft.EntityFrameworkCore;
using Npgsql;
using Platform.Contracts.Outbox;
using Platform.Core.Storage;

namespace Platform.Core.Outbox;

/// <summary>Reads the outbox and the dead letters. Another tenant's are not there.</summary>
public sealed class OutboxReader(NpgsqlDataSource source, IDbContextFactory<PlatformDbContext> contexts)
{
    /// <summary>Counts what there is.</summary>
    /// <param name="tenantId">The tenant; null counts all.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    /// <exception cref="NpgsqlException">Postgres cannot be reached.</exception>
    public async Task<OutboxCounts> CountAsync(string? tenantId, CancellationToken cancellationToken) =>
        await source.Sql(
            """
            select count(*) filter (where lease_owner is null and attempt = 0) as waiting,
                count(*) filter (where lease_owner is not null) as delivering,
                count(*) filter (where lease_owner is null and attempt > 0) as retrying,
                (select count(*) from dead_letters where @tenant::text is null or tenant_id = @tenant) as dead,
                coalesce(now() - min(created_at), interval '0') as oldest
            from outbox
            where @tenant::text is null or tenant_id = @tenant
            """)
            .With("tenant", tenantId)
            .SingleAsync(
                row => new OutboxCounts(
                    row.Get<long>("waiting"), row.Get<long>("delivering"), row.Get<long>("retrying"), row.Get<long>("dead"), row.Get<TimeSpan>("oldest")),
                cancellationToken);

    /// <summary>Lists effects, oldest first.</summary>
    /// <param name="tenantId">Whose.</param>
    /// <param name="kind">Only these; null for all.</param>
    /// <param name="target">Only this target's; null for all.</param>
    /// <param name="after">Sequence of the last effect of the page before; null for the first page.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    public async Task<IReadOnlyList<Effect>> ListAsync(
        string tenantId, EffectKind? kind, string? target, long? after, int limit, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Outbox
            .Where(one => one.TenantId == tenantId
                && (kind == null || one.Kind == kind) && (target == null || one.Target == target)
                && (after == null || one.Sequence > after))
            .OrderBy(one => one.Sequence)
            .Take(limit)
            .ToListAsync(cancellationToken);
    }

    /// <summary>Lists dead letters, newest first.</summary>
    /// <param name="tenantId">Whose.</param>
    /// <param name="kind">Only these; null for all.</param>
    /// <param name="target">Only this target's; null for all.</param>
    /// <param name="before">Sequence of the last one of the page before; null for the first page.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    public async Task<IReadOnlyList<DeadLetter>> ListDeadAsync(
        string tenantId, EffectKind? kind, string? target, long? before, int limit, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.DeadLetters
            .Where(one => one.TenantId == tenantId
                && (kind == null || one.Kind == kind) && (target == null || one.Target == target)
                && (before == null || one.Sequence < before))
            .OrderByDescending(one => one.Sequence)
            .Take(limit)
            .ToListAsync(cancellationToken);
    }
}

/// <summary>The pending effects.</summary>
/// <param name="Waiting">Never tried yet.</param>
/// <param name="Delivering">Being delivered.</param>
/// <param name="Retrying">Tried before, waiting for the next try.</param>
/// <param name="Dead">Dead letters.</param>
/// <param name="OldestAge">Of the oldest effect that is not delivered; zero when there is none.</param>
public sealed record OutboxCounts(long Waiting, long Delivering, long Retrying, long Dead, TimeSpan OldestAge);
