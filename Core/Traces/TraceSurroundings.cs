using Npgsql;
using Platform.Contracts.EventLog;
using Platform.Contracts.Outbox;
using Platform.Contracts.Traces;
using Platform.Core.Storage;

namespace Platform.Core.Traces;

/// <summary>What a trace leads to: the traces before and after it, and what its activation wanted done outside.</summary>
public sealed class TraceSurroundings(NpgsqlDataSource source)
{
    /// <summary>How many traces of the channel are searched on each side; a bot that is active there more rarely has no neighbour.</summary>
    private const int Window = 500;

    private const string Neighbours =
        """
        select (select id from (
                select id, bot from traces
                where tenant_id = @tenant and channel_id = @channel and (started_at, id) < (@startedAt, @id)
                order by started_at desc, id desc limit @window) as earlier
            where bot = @bot limit 1) as previous,
            (select id from (
                select id, bot from traces
                where tenant_id = @tenant and channel_id = @channel and (started_at, id) > (@startedAt, @id)
                order by started_at, id limit @window) as later
            where bot = @bot limit 1) as next
        """;

    // Delivered effects are no longer in the outbox; the event log records them for its retention period.
    private const string Effects =
        $"""
        select id, kind, target, event_type,
            case when lease_owner is not null then 'delivering' when attempt > 0 then 'retrying' else 'waiting' end as state,
            attempt as tries, last_error, created_at, null::timestamptz as delivered_at
        from outbox where tenant_id = @tenant and activation_id = @activation
        union all
        select id, kind, target, event_type, 'dead', tries, last_error, created_at, null
        from dead_letters where tenant_id = @tenant and activation_id = @activation
        union all
        select (data ->> 'effect_id')::uuid, data ->> 'kind', data ->> 'target', data ->> 'event_type', 'delivered',
            (data ->> 'tries')::int, null, null, created_at
        from event_log
        where exists (select from webhooks where tenant_id = @tenant)
            and stored_day between @day and @day + 1
            and tenant_id = @tenant and activation_id = @activation and type = '{EventTypes.EffectDelivered}'
        order by created_at nulls first, delivered_at, target
        limit 200
        """;

    /// <summary>Finds the traces of the same bot in the same channel right before and after one.</summary>
    /// <exception cref="NpgsqlException">Postgres cannot be reached.</exception>
    public Task<(Guid? Previous, Guid? Next)> NeighboursAsync(Trace trace, CancellationToken cancellationToken) =>
        source.Sql(Neighbours)
            .With("tenant", trace.TenantId)
            .With("channel", trace.ChannelId)
            .With("bot", trace.Bot)
            .With("startedAt", trace.StartedAt.ToUniversalTime())
            .With("id", trace.Id)
            .With("window", Window)
            .SingleAsync(row => (row.Get<Guid?>("previous"), row.Get<Guid?>("next")), cancellationToken);

    /// <summary>Reads an activation's effects: at most 200, pending and dead ones first.</summary>
    /// <param name="trace">Of our own; an imported one has none.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    /// <exception cref="NpgsqlException">Postgres cannot be reached.</exception>
    public async Task<IReadOnlyList<TraceEffectView>?> EffectsAsync(Trace trace, CancellationToken cancellationToken)
    {
        if (trace.ActivationId is not { } activation)
        {
            return null;
        }

        return await source.Sql(Effects)
            .With("tenant", trace.TenantId)
            .With("activation", activation)
            .With("day", trace.DocumentDay)
            .ListAsync(
                row => new TraceEffectView(
                    row.Get<Guid>("id"),
                    row.Enum<EffectKind>("kind"),
                    row.Get<string>("target"),
                    row.GetOrNull<string>("event_type"),
                    row.Enum<TraceEffectState>("state"),
                    row.Get<int>("tries"),
                    row.GetOrNull<string>("last_error"),
                    row.Get<DateTimeOffset?>("created_at"),
                    row.Get<DateTimeOffset?>("delivered_at")),
                cancellationToken);
    }
}

/// <summary>An effect of an activation in its present state.</summary>
/// <param name="Id">The effect.</param>
/// <param name="Kind">Kind of delivery.</param>
/// <param name="Target">The target, by id.</param>
/// <param name="EventType">The event that it carries.</param>
/// <param name="State">Its state.</param>
/// <param name="Tries">Attempts.</param>
/// <param name="LastError">Why the last attempt failed.</param>
/// <param name="CreatedAt">UTC; null once it was delivered.</param>
/// <param name="DeliveredAt">UTC; null unless it was.</param>
public sealed record TraceEffectView(
    Guid Id,
    EffectKind Kind,
    string Target,
    string? EventType,
    TraceEffectState State,
    int Tries,
    string? LastError,
    DateTimeOffset? CreatedAt,
    DateTimeOffset? DeliveredAt);
