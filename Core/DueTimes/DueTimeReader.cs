using Npgsql;
using Platform.Core.Activations.Queue;
using Platform.Core.Outbox;
using Platform.Core.Schedules;
using Platform.Core.Storage;

namespace Platform.Core.DueTimes;

/// <summary>
/// Reads, in one statement and on the database's clock, what is due of everything that workers do, and what will be due next. Whatever a
/// claim would take is due here; the opposite need not hold.
/// </summary>
public sealed class DueTimeReader(NpgsqlDataSource source)
{
    /// <summary>Of how many deferred activations the next is looked for exactly; more of them are found when they are due.</summary>
    private const int Deferred = 1000;

    // Longer waits are read again.
    private static readonly TimeSpan StatementTimeout = TimeSpan.FromSeconds(3);

    private const string Moments =
        $"""
        with recursive {OutboxQueue.Heads}, moments (area, at) as (
            select 'activations', now()
            where exists (select from activations where state = 'queued' and not_before <= now())
            union all
            select 'activations', not_before
            from (select not_before from activations where state = 'queued' order by id limit @deferred) oldest
            where not_before > now()
            union all
            select 'lost_activations', greatest(lease_until, {ServerStart.At} + @activationLease)
            from activations
            where state = 'running'
            union all
            select 'events', now()
            where exists (select from event_inbox)
            union all
            select 'outbox', greatest(not_before, held_until)
            from heads
            where {OutboxQueue.IsNext}
            union all
            select 'schedules', case when s.asked_at is null then s.next_run else now() end
            from schedules s
            where not exists (select from schedule_runs r where r.schedule = s.name and r.state in ('waiting', 'running'))
            union all
            select 'schedules',
                case
                    when r.state = 'running' then r.lease_until
                    when r.enqueued_at >= (select since from leaders where name = @leader) then r.enqueued_at + @again
                    else now()
                end
            from schedule_runs r
            where r.state in ('waiting', 'running')
            union all
            select 'leadership', coalesce(until, now())
            from leaders
            where name = @leader
            union all
            select 'replays', case when state = 'running' then lease_until else now() end
            from replays
            where state in ('waiting', 'running')
        )
        select area, bool_or(at <= now()) as due, min(at) filter (where at > now()) - clock_timestamp() as next
        from moments
        group by area
        """;

    /// <summary>Reads all areas that have something, due or not.</summary>
    /// <exception cref="NpgsqlException">Postgres cannot be reached.</exception>
    public async Task<IReadOnlyList<DueTime>> ReadAsync(CancellationToken cancellationToken) =>
        await source.Sql(Moments)
            .With("window", OutboxQueue.Window)
            .With("deferred", Deferred)
            .With("leader", LeaderLease.Name)
            .With("lease", OutboxQueue.Lease)
            .With("activationLease", ActivationQueue.Lease)
            .With("again", ScheduleStore.EnqueueAgainAfter)
            .WithTimeout(StatementTimeout)
            .ListAsync(row => new DueTime(row.Enum<DueArea>("area"), row.Get<bool>("due"), row.Get<TimeSpan?>("next")), cancellationToken);
}

/// <summary>When an area has work, on the database's clock.</summary>
/// <param name="Area">Whose work.</param>
/// <param name="IsDue">Whether something is due now. It may still not be claimable, such as what waits behind another of its channel.</param>
/// <param name="Next">How long until the next moment at which something becomes due; null when there is none.</param>
public sealed record DueTime(DueArea Area, bool IsDue, TimeSpan? Next);
