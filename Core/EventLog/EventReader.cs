using Microsoft.EntityFrameworkCore;
using Npgsql;
using Platform.Core.Storage;

namespace Platform.Core.EventLog;

/// <summary>Reads the event log. Another tenant's events are not there.</summary>
public sealed class EventReader(NpgsqlDataSource source, IDbContextFactory<PlatformDbContext> contexts)
{
    /// <summary>Reads which positions there are.</summary>
    /// <exception cref="NpgsqlException">Postgres cannot be reached.</exception>
    public async Task<EventWindow> WindowAsync(CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand("select (select min(position) from event_log), position from event_head");
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        var newest = reader.GetInt64(1);
        return new EventWindow(reader.IsDBNull(0) ? newest + 1 : reader.GetInt64(0), newest);
    }

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
