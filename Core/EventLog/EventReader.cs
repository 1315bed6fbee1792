using Microsoft.EntityFrameworkCore;
using Npgsql;
using Platform.Core.Storage;

namespace Platform.Core.EventLog;

/// <summary>Reads the event log. Another tenant's events are not there.</summary>
public sealed class EventReader(NpgsqlDataSource source, IDbContextFactory<PlatformDbContext> contexts)
{
    /// <summary>Reads which positions there are.</summary>
    /// <exception cref="NpgsqlException">Postgres cannot be reached.</exception>
    public async Task<EventWindow> WindowAsync(CancellationToken cancellationToken) =>
        await source.Sql("select (select min(position) from event_log) as oldest, position as newest from event_head")
            .SingleAsync(row => new EventWindow(row.Get<long?>("oldest") ?? row.Get<long>("newest") + 1, row.Get<long>("newest")), cancellationToken);

    /// <summary>Reads events in order.</summary>
    /// <param name="tenantId">Whose.</param>
    /// <param name="types">Only these; null for all.</param>
    /// <param name="after">Only those after this position.</param>
    /// <param name="upTo">Only those up to this position.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    public async Task<IReadOnlyList<StoredEvent>> ReadAsync(
        string tenantId, IReadOnlyCollection<string>? types, long after, long upTo, int limit, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var events = context.EventLog.Where(one => one.Position > after && one.Position <= upTo && one.TenantId == tenantId);
        if (types is not null)
        {
            events = events.Where(one => types.Contains(one.Type));
        }

        return await events.OrderBy(one => one.Position).Take(limit).ToListAsync(cancellationToken);
    }
}

/// <summary>Which positions the event log still holds.</summary>
/// <param name="Oldest">The first one there; one past <paramref name="Newest"/> when there is none.</param>
/// <param name="Newest">The last one given, 0 before the first event.</param>
public sealed record EventWindow(long Oldest, long Newest);
