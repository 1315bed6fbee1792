using Npgsql;
using NpgsqlTypes;
using Platform.Contracts.EventLog;
using Platform.Contracts.Outbox;
using Platform.Contracts.Traces;
using Platform.Core.Storage;

namespace Platform.Core.Traces;

/// <summary>What a trace leads to: the traces before and after it, and what its activation wanted done outside.</summary>
public sealed class TraceSurroundings(NpgsqlDataSource source)
{
    /// <summary>How many traces of the channel are looked at on each side; a bot that speaks there more rarely has no neighbour.</summary>
    private const int Window = 500;

    private const string Neighbours =
        """
        select (select id from (
                select id, bot from traces
                where tenant_id = @tenant and channel_id = @channel and (started_at, id) < (@startedAt, @id)
                order by started_at desc, id desc limit @window) as earlier
            where bot = @bot limit 1),
            (select id from (
                select id, bot from traces
                where tenant_id = @tenant and channel_id = @channel and (started_at, id) > (@startedAt, @id)
                order by started_at, id limit @window) as later
            where bot = @bot limit 1)
        """;

    // What was delivered has left the outbox; the log of events tells of it for as long as that is kept.
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
    public async Task<(Guid? Previous, Guid? Next)> NeighboursAsync(Trace trace, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(Neighbours);
        command.Parameters.AddWithValue("tenant", trace.TenantId);
        command.Parameters.AddWithValue("channel", trace.ChannelId);
        command.Parameters.AddWithValue("bot", trace.Bot);
        command.Parameters.AddWithValue("startedAt", trace.StartedAt.ToUniversalTime());
        command.Parameters.AddWithValue("id", trace.Id);
        command.Parameters.AddWithValue("window", Window);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return (reader.IsDBNull(0) ? null : reader.GetGuid(0), reader.IsDBNull(1) ? null : reader.GetGuid(1));
    }

    /// <summary>Reads what an activation wanted done outside: at most 200, what waits and what was given up first.</summary>
    /// <param name="trace">Of our own; an imported one has none.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    /// <exception cref="NpgsqlException">Postgres cannot be reached.</exception>
    public async Task<IReadOnlyList<TraceEffectView>?> EffectsAsync(Trace trace, CancellationToken cancellationToken)
    {
        if (trace.ActivationId is not { } activation)
        {
            return null;
        }

        await using var command = source.CreateCommand(Effects);
        command.Parameters.AddWithValue("tenant", trace.TenantId);
        command.Parameters.AddWithValue("activation", activation);
        command.Parameters.AddWithValue("day", NpgsqlDbType.Date, trace.DocumentDay);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        List<TraceEffectView> effects = [];
        while (await reader.ReadAsync(cancellationToken))
        {
            effects.Add(new TraceEffectView(
                reader.GetGuid(0),
                EnumText.Parse<EffectKind>(reader.GetString(1)),
                reader.GetString(2),
                TextOf(reader, 3),
                EnumText.Parse<TraceEffectState>(reader.GetString(4)),
                reader.GetInt32(5),
                TextOf(reader, 6),
                MomentOf(reader, 7),
                MomentOf(reader, 8)));
        }

        return effects;
    }

    private static string? TextOf(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);

    private static DateTimeOffset? MomentOf(NpgsqlDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : reader.GetFieldValue<DateTimeOffset>(column);
}
