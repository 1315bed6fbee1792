using Platform.Contracts.EventLog;
using Platform.Core.EventLog;
using Platform.Core.Storage;

namespace Platform.Core.Activations.Queue;

/// <summary>The statements that claim activations.</summary>
internal static class ClaimSql
{
    /// <summary>Of the claims <c>@ids</c> with <c>@fences</c> those that are still the newest, locked in one order so that no two statements wait for each other.</summary>
    public const string Newest =
        """
        own as (
            select a.id
            from activations a
            join unnest(@ids, @fences) as claim (id, fence) on a.id = claim.id
            where a.state = 'running' and a.lease_fence = claim.fence
            order by a.id
            for update of a
        )
        """;

    /// <summary>Event data of a row of activations.</summary>
    public const string EventData =
        """
        jsonb_strip_nulls(jsonb_build_object(
            'activation_id', id, 'bot_id', bot_id, 'channel_id', channel_id, 'trigger_message_id', trigger_message_id,
            'error_code', error_code, 'error_message', error_message, 'attempt', attempt))
        """;

    /// <summary>
    /// Claims the oldest of each bot in each channel, in turns between the bots. Bots and channels are walked by one index
    /// probe each (a loose index scan), so that the cost grows with the pairs searched and not with the rows that wait.
    /// A bot's search starts at its last claim and covers at most <c>@walk</c> channels: no channel is skipped forever.
    /// More are found than claimed, since other workers may be claiming the same ones.
    /// </summary>
    public const string Waiting =
        $"""
        with recursive bots as (
            (select bot_id from activations where state = 'queued' order by bot_id limit 1)
            union all
            select (select a.bot_id from activations a where a.state = 'queued' and a.bot_id > bots.bot_id order by a.bot_id limit 1)
            from bots
            where bots.bot_id is not null
        ), heads as (
            select bots.bot_id, head.id
            from bots
            left join unnest(@cursorBots, @cursorChannels) as cursor (bot_id, channel_id) on cursor.bot_id = bots.bot_id
            cross join lateral (
                select walk.id
                from (values (coalesce(cursor.channel_id, @lowest), @highest), (@lowest, coalesce(cursor.channel_id, @lowest))) part (low, high)
                cross join lateral (
                    with recursive channels as (
                        (select a.channel_id, a.id, a.not_before, 1 as step
                         from activations a
                         where a.state = 'queued' and a.bot_id = bots.bot_id and a.channel_id > part.low and a.channel_id <= part.high
                         order by a.channel_id, a.id
                         limit 1)
                        union all
                        select next.channel_id, next.id, next.not_before, channels.step + 1
                        from channels
                        cross join lateral (
                            select a.channel_id, a.id, a.not_before
                            from activations a
                            where a.state = 'queued' and a.bot_id = bots.bot_id
                                and a.channel_id > channels.channel_id and a.channel_id <= part.high
                            order by a.channel_id, a.id
                            limit 1) next
                        where channels.step < @walk
                    )
                    select channels.id
                    from channels
                    where channels.not_before <= now() and not exists (
                        select from activations r
                        where r.bot_id = bots.bot_id and r.channel_id = channels.channel_id and r.state = 'running')
                ) walk
                limit (select greatest(2, ceil(4.0 * @count / count(*))) from bots)
            ) head
            where bots.bot_id is not null
        ), turns as (
            select heads.id, coalesce(busy.running, 0) + row_number() over (partition by heads.bot_id order by heads.id) as turn
            from heads
            left join (select bot_id, count(*) as running from activations where state = 'running' group by bot_id) busy
                on busy.bot_id = heads.bot_id
        ), chosen as (
            select w.id
            from (select id, turn from turns order by turn, id limit 4 * @count + 64) next
            join activations w on w.id = next.id
            where w.state = 'queued' and w.not_before <= now()
            order by next.turn, w.id
            limit @count
            for update of w skip locked
        )
        update activations a
        set state = 'running', lease_owner = @owner, lease_fence = a.lease_fence + 1, lease_until = now() + @lease,
            attempt = a.attempt + 1, started_at = now()
        from chosen
        where a.id = chosen.id
        returning {ClaimRow.Columns}
        """;

    /// <summary>
    /// Settles claims whose lease expired: the first loss is taken over at once, later ones wait 1, 2, 4 … s, the last is parked.
    /// For one lease after <see cref="ServerStart"/> none counts as lost.
    /// </summary>
    public const string Abandoned =
        $"""
        with lost as (
            select l.id, l.losses + 1 as losses,
                case
                    when l.cancel_requested_by is not null then 'running'
                    when l.losses + 1 >= @maxLosses then 'parked'
                    when l.losses = 0 then 'running'
                    else 'queued'
                end as state
            from activations l
            where l.state = 'running' and l.lease_until < now() and l.id <> all(@held)
                and now() - @lease > {ServerStart.At}
            order by l.lease_until
            limit @count
            for update skip locked
        ), settled as (
            update activations a
            set state = lost.state,
                losses = lost.losses,
                lease_fence = a.lease_fence + 1,
                lease_owner = case when lost.state = 'running' then @owner end,
                lease_until = case when lost.state = 'running' then now() + @lease end,
                attempt = a.attempt + case when lost.state = 'running' then 1 else 0 end,
                started_at = case when lost.state = 'running' then now() else a.started_at end,
                not_before = case when lost.state = 'queued' then now() + interval '1 second' * power(2, lost.losses - 2) else a.not_before end,
                error_code = case when lost.state = 'parked' then '{ParkedCode}' end,
                error_message = case when lost.state = 'parked' then
                    'Parked: started ' || a.attempt || ' times, and its worker was lost each time. Retry it or mark it as failed.' end
            from lost
            where a.id = lost.id
            returning a.*
        ), told as (
            insert into event_inbox (id, tenant_id, type, activation_id, activation_fence, data)
            select gen_random_uuid(), tenant_id, '{EventTypes.ActivationParked}', id, lease_fence, {EventData}
            from settled
            where state = 'parked'
            returning pg_notify('{PlatformEventWriter.WakeChannel}', '')
        )
        select {ClaimRow.Columns}
        from settled a
        """;

    /// <summary>
    /// Ends the connections whose transaction keeps an expired claim from being settled: a worker that is paused while it sends a completion holds the row, and
    /// Postgres waits for the rest of a batch without the limit of <see cref="PausedTransaction"/>. It counts as paused when its connection has waited for it
    /// for one lease. Returns how many.
    /// </summary>
    public const string EndPaused =
        """
        select count(*) filter (where pg_terminate_backend(s.pid))
        from activations a
        join pg_locks l on l.locktype = 'transactionid' and l.granted and l.transactionid = a.xmax
        join pg_stat_activity s on s.pid = l.pid
        where a.state = 'running' and a.lease_until < now() and a.id <> all(@held)
            and s.wait_event = 'ClientRead' and s.state_change < now() - @lease
            and s.datname = current_database() and s.usename = current_user
        """;

    /// <summary>Why an activation is parked.</summary>
    public const string ParkedCode = "worker_lost";
}
