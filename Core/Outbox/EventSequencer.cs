using Npgsql;
using Platform.Core.Storage;

namespace Platform.Core.Outbox;

/// <summary>
/// Numbers new events without gaps and, in the same transaction, puts one effect into the outbox for each webhook that
/// subscribes to them. Identity columns are given before the commit, so they cannot tell a reader that nothing will come before what it
/// has seen; a position can, because only one sequencer at a time gives them, to events that are committed.
/// </summary>
public sealed class EventSequencer(NpgsqlDataSource source, DayPartitions partitions)
{
    /// <summary>Postgres notifies this channel when events were numbered.</summary>
    public const string NumberedChannel = "event_log";

    /// <summary>Most events of a round.</summary>
    public const int RoundSize = 1000;

    // Events of effects go only to webhooks that name them, and never to the webhook that they are about.
    private const string NumberAndFanOut =
        $$"""
        with taken as (
            delete from event_inbox
            where number in (select number from event_inbox order by number limit @count)
            returning *
        ), numbered as (
            select *, @head + row_number() over (order by number) as position from taken
        ), stored as (
            insert into event_log (stored_day, position, id, tenant_id, type, activation_id, activation_fence, data, created_at)
            select (now() at time zone 'utc')::date, position, id, tenant_id, type, activation_id, activation_fence, data, created_at
            from numbered
        ), moved as (
            update event_head set position = @head + (select count(*) from taken)
        ), put as (
            insert into outbox (id, tenant_id, kind, target, ordering_key, dedupe_key, event_type, payload, activation_id, activation_fence)
            select gen_random_uuid(), e.tenant_id, w.kind, w.id::text,
                case w.kind
                    when 'streamerbot' then w.id::text
                    else w.id || ':' || coalesce(e.data ->> 'channel_id', e.activation_id::text)
                end,
                e.id::text, e.type,
                '{"type":' || to_json(e.type) || ',"timestamp":"' || to_char(e.created_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
                    || '","id":"' || e.id || '","position":' || e.position || ',"data":' || e.data || '}',
                e.activation_id, e.activation_fence
            from numbered e
            join webhooks w on w.tenant_id = e.tenant_id and w.enabled
                and (e.type = any (w.event_types)
                    or split_part(e.type, '.', 1) || '.*' = any (w.event_types)
                    or ('*' = any (w.event_types) and e.type not like 'effect.%'))
                and not (e.type like 'effect.%' and e.data ->> 'target' = w.id::text)
            order by e.position, w.id
            on conflict (target, dedupe_key) do nothing
            returning 1
        )
        select (select count(*) from taken)::int,
            case when exists (select from taken) then pg_notify('{{NumberedChannel}}', '') end,
            case when exists (select from put) then pg_notify('{{OutboxQueue.WakeChannel}}', '') end
        """;

    /// <summary>Starts a round: makes the caller the sequencer for the rest of its transaction if events are pending and there is no other.</summary>
    internal const string TakeHead =
        $"{PausedTransaction.Limit}; select position from event_head where exists (select from event_inbox) for update skip locked";

    /// <summary>Numbers what waits, oldest first, at most <see cref="RoundSize"/>.</summary>
    /// <returns>How many events were numbered; 0 when none waits or when another process is at it.</returns>
    /// <exception cref="NpgsqlException">Postgres cannot be reached; nothing was numbered.</exception>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await TryRunAsync(cancellationToken);
        }
        catch (PostgresException exception) when (DayPartitions.IsMissing(exception))
        {
            await partitions.EnsureAsync(cancellationToken);
            return await TryRunAsync(cancellationToken);
        }
    }

    private async Task<int> TryRunAsync(CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (await connection.Sql(TakeHead).ScalarAsync<long?>(cancellationToken) is not { } head)
        {
            return 0;
        }

        // A statement of its own, so that its snapshot is younger than the lock.
        var count = await connection.Sql(NumberAndFanOut).With("head", head).With("count", RoundSize).ScalarAsync<int>(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return count;
    }
}
