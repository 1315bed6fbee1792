using Npgsql;
using Platform.Contracts.Schedules;
using Platform.Core.Storage;

namespace Platform.Core.Schedules;

/// <summary>
/// What the leader writes: which schedules there are and which runs are due. Every statement checks the leader's fence and reads
/// the database's clock, so that a leader that was paused, or whose own clock is wrong, changes nothing.
/// </summary>
public sealed class ScheduleStore(NpgsqlDataSource source)
{
    /// <summary>Postgres notifies this channel when a person asked for a run.</summary>
    public const string WakeChannel = "schedules";

    /// <summary>A due time that was not served for this long counts as missed.</summary>
    public static readonly TimeSpan MissedAfter = TimeSpan.FromMinutes(1);

    /// <summary>A job that the queue lost is given to it again after this long; the run's number makes sure that it still runs once.</summary>
    internal static readonly TimeSpan EnqueueAgainAfter = TimeSpan.FromMinutes(1);

    // Taking over the lease changes this row, so a takeover waits for the statement, or the statement finds no leader.
    private const string WhileLeading =
        "leader as materialized (select since from leaders where name = @leader and fence = @fence and until > now() for share)";

    private const string AnythingToDo =
        """
        select exists (
                select from schedules s
                where (s.next_run <= now() or s.asked_at is not null)
                    and not exists (select from schedule_runs r where r.schedule = s.name and r.state in ('waiting', 'running')))
            or exists (select from schedule_runs r where r.state = 'waiting' or (r.state = 'running' and r.lease_until < now()))
        """;

    private const string SyncSchedules =
        $"""
        with {WhileLeading}, declared as (
            select * from unnest(@names, @descriptions, @periods, @dailies, @runners, @attempts)
                as declared (name, description, period, daily_at, runs_in, max_attempts)
            where exists (select from leader)
        ), removed as (
            delete from schedules where exists (select from leader) and name <> all(@names)
        )
        insert into schedules as s (name, description, period, daily_at, runs_in, max_attempts, next_run)
        select *, least(schedule_next(period, daily_at, now()), now() + @first) from declared
        on conflict (name) do update
        set description = excluded.description, period = excluded.period, daily_at = excluded.daily_at,
            runs_in = excluded.runs_in, max_attempts = excluded.max_attempts,
            next_run = case
                when (s.period, s.daily_at) is not distinct from (excluded.period, excluded.daily_at) then s.next_run
                else schedule_next(excluded.period, excluded.daily_at, now())
            end
        """;

    private const string ReturnAbandoned =
        $"""
        with {WhileLeading}
        update schedule_runs r
        set state = case when r.attempt < s.max_attempts then 'waiting' else 'failed' end,
            error = case when r.attempt < s.max_attempts then null
                else 'The worker was lost during the run, ' || r.attempt || ' times; it is not retried.' end,
            finished_at = case when r.attempt < s.max_attempts then null else now() end,
            lease_until = null, enqueued_at = null
        from schedules s
        where exists (select from leader) and s.name = r.schedule and r.state = 'running' and r.lease_until < now()
        """;

    private const string ClaimDue =
        $"""
        with {WhileLeading}, due as (
            select s.name, s.next_run > now() as asked, s.next_run, s.run_number + 1 as number, coalesce(s.period, interval '24 hours') as period,
                greatest(now() - s.next_run, interval '0') as late
            from schedules s
            where exists (select from leader) and s.name = any(@names) and (s.next_run <= now() or s.asked_at is not null)
                and not exists (select from schedule_runs r where r.schedule = s.name and r.state in ('waiting', 'running'))
            for update of s skip locked
        ), claimed as (
            update schedules s
            set run_number = due.number, asked_at = null,
                next_run = case when due.asked then s.next_run else schedule_next(s.period, s.daily_at, s.next_run) end
            from due
            where s.name = due.name
        )
        insert into schedule_runs (schedule, number, state, cause, due_at, missed)
        select name, number, 'waiting',
            case when asked then 'asked' when late > @missedAfter then 'missed' else 'due' end,
            case when asked then now() else next_run end,
            case when late > @missedAfter then 1 + floor(extract(epoch from late) / extract(epoch from period))::int else 0 end
        from due
        """;

    private const string TakeWaiting =
        $"""
        with {WhileLeading}
        update schedule_runs r
        set enqueued_at = now()
        from schedules s
        where exists (select from leader) and s.name = r.schedule and r.state = 'waiting' and s.name = any(@names)
            and (r.enqueued_at is null or r.enqueued_at < now() - @again or r.enqueued_at < (select since from leader))
        returning r.schedule, r.number, s.runs_in, r.attempt, r.claimed_at - r.due_at as late, r.missed
        """;

    /// <summary>Makes the rows follow the code: new schedules are added, changed ones changed, others removed with their runs.</summary>
    /// <param name="leadership">The caller's leadership.</param>
    /// <param name="definitions">Every schedule there is.</param>
    /// <param name="first">A new schedule's first run comes within this time.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="NpgsqlException">Postgres cannot be reached.</exception>
    public async Task SyncAsync(
        Leadership leadership, IReadOnlyCollection<ScheduleDefinition> definitions, TimeSpan first, CancellationToken cancellationToken)
    {
        await source.Sql(SyncSchedules)
            .With("leader", LeaderLease.Name)
            .With("fence", leadership.Fence)
            .With("names", definitions.Select(one => one.Name).ToArray())
            .With("descriptions", definitions.Select(one => one.Description).ToArray())
            .With("periods", definitions.Select(one => one.Cadence.Period).ToArray())
            .With("dailies", definitions.Select(one => one.Cadence.DailyAt).ToArray())
            .With("runners", definitions.Select(one => EnumText.Of(one.RunsIn)).ToArray())
            .With("attempts", definitions.Select(one => one.MaxAttempts).ToArray())
            .With("first", first)
            .ExecuteAsync(cancellationToken);
    }

    /// <summary>One round: runs whose worker died become pending again, due schedules are claimed, and pending runs are returned to be started.</summary>
    /// <param name="leadership">The caller's leadership.</param>
    /// <param name="names">The schedules that this version knows.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Runs to begin or enqueue now, each at most once a minute; empty when nothing is due or another worker leads.</returns>
    /// <exception cref="NpgsqlException">Postgres cannot be reached.</exception>
    public async Task<IReadOnlyList<PendingRun>> AdvanceAsync(
        Leadership leadership, string[] names, CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        if (!await connection.Sql(AnythingToDo).ScalarAsync<bool>(cancellationToken))
        {
            return [];
        }

        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using var batch = new NpgsqlBatch(connection, transaction);
        batch.Add(PausedTransaction.Limit);
        foreach (var sql in (string[])[ReturnAbandoned, ClaimDue, TakeWaiting])
        {
            batch.Add(sql)
                .With("leader", LeaderLease.Name).With("fence", leadership.Fence).With("names", names)
                .With("missedAfter", MissedAfter).With("again", EnqueueAgainAfter);
        }

        var pending = await batch.ListAsync(
            row => new PendingRun(
                row.Get<string>("schedule"),
                row.Get<long>("number"),
                row.Enum<ScheduleRunner>("runs_in"),
                row.Get<int>("attempt"),
                row.Get<TimeSpan>("late"),
                row.Get<int>("missed")),
            cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return pending;
    }
}

/// <summary>A run that waits to be started.</summary>
/// <param name="Schedule">The schedule's name.</param>
/// <param name="Number">Its number.</param>
/// <param name="RunsIn">Who begins it.</param>
/// <param name="Attempt">How many times it was started before.</param>
/// <param name="Late">How long after its time the leader claimed it.</param>
/// <param name="Missed">Missed due times.</param>
public sealed record PendingRun(string Schedule, long Number, ScheduleRunner RunsIn, int Attempt, TimeSpan Late, int Missed);
