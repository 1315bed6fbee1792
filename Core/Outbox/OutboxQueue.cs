using Npgsql;
using Platform.Contracts.Outbox;
using Platform.Core.Storage;

namespace Platform.Core.Outbox;

/// <summary>
/// The outbox in Postgres. A claim is a lease with a fencing number, on the database's clock; how a delivery ended counts only
/// while its number is the newest. Of an ordering key only the oldest effect can be claimed, and only one at a time.
/// Leases that expired while Postgres was down do not mean that their holders died, so none is taken over within one lease of Postgres' start.
/// </summary>
public sealed class OutboxQueue(NpgsqlDataSource source)
{
    /// <summary>Postgres notifies this channel when effects were added.</summary>
    public const string WakeChannel = "outbox";

    /// <summary>How long a claim is valid without a heartbeat.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(4);

    private static readonly TimeSpan RenewTimeout = TimeSpan.FromSeconds(3);

    /// <summary>How many of a target's oldest effects are considered: a failing receiver blocks only its own effects, and no query grows with them.</summary>
    internal const int Window = 200;

    /// <summary>
    /// Common table expressions over each target's oldest effects, found by one index probe a target: the order of effects, the expiry of
    /// leases, and the effects of targets that are paused until a time. Deliveries to a target that a person paused are left out; what a dead
    /// relay held goes on, since the receiver may have it. Parameters are <c>@lease</c> and <c>@window</c>.
    /// </summary>
    internal const string Heads =
        $"""
        targets (target) as (
            (select target from outbox order by target limit 1)
            union all
            select (select o.target from outbox o where o.target > t.target order by o.target limit 1)
            from targets t
            where t.target is not null
        ), heads as (
            select head.id, head.target, head.sequence,
                case when head.held_until is null then greatest(head.not_before, w.paused_until) else head.not_before end as not_before,
                head.held_until, head.held_until is not null as leased, coalesce(w.pauses > 0, false) as probing,
                coalesce(head.held_until >= now(), false) as busy,
                row_number() over in_key as place,
                count(head.held_until) over (partition by head.key) - (head.held_until is not null)::int as others_of_key,
                count(*) filter (where head.held_until >= now()) over (partition by head.target) as busy_of_target
            from targets t
            left join webhooks w on w.id::text = t.target
            cross join {ServerStart.At} as started (at)
            cross join lateral (
                select o.id, o.target, o.sequence, o.not_before, coalesce(o.ordering_key, o.id::text) as key,
                    case when o.lease_owner is not null then greatest(o.lease_until, started.at + @lease) end as held_until
                from outbox o
                where o.target = t.target and (o.lease_owner is not null or w.paused is not true)
                order by o.sequence
                limit @window) head
            window in_key as (partition by head.key order by head.sequence)
        )
        """;

    /// <summary>
    /// Which of <see cref="Heads"/> can be claimed once their time has come. Of a key the one that a dead relay held goes on first, also
    /// when an older number came in behind it.
    /// </summary>
    internal const string IsNext = "(leased or (place = 1 and others_of_key = 0))";

    private const string Claim =
        $"""
        with recursive {Heads}, free as (
            select id, sequence, row_number() over (partition by target order by sequence) as rank, busy_of_target, probing
            from heads
            where {IsNext} and not busy and not_before <= now()
        )
        update outbox o
        set lease_owner = @owner, lease_fence = o.lease_fence + 1, lease_until = now() + @lease
        from (
            select w.id, free.probing
            from free
            join outbox w on w.id = free.id
            where free.rank + free.busy_of_target <= case when free.probing then 1 else @perTarget end
                and w.not_before <= now() and (w.lease_owner is null or w.lease_until < now()) and w.id <> all(@held)
            order by free.rank, free.sequence
            limit @count
            for update of w skip locked
        ) next
        where o.id = next.id
        returning o.id, o.tenant_id, o.kind, o.target, o.dedupe_key, o.event_type, o.payload, o.activation_id, o.activation_fence,
            o.attempt, o.lease_fence, o.created_at, next.probing, (select a.trace_parent from activations a where a.id = o.activation_id) as trace_parent
        """;

    /// <summary>Claims what is due, a few of each target, and one of a target that was paused.</summary>
    /// <param name="owner">The relay's name, for people who read the table.</param>
    /// <param name="count">How many at most.</param>
    /// <param name="perTarget">How many of a target may be under way at once; two relays that claim in the same moment may exceed it.</param>
    /// <param name="held">What the caller itself is still delivering; while Postgres is unavailable those leases expire too.</param>
    /// <param name="cancellationToken">Starts no further claim. One that has started completes, since the answer to a cancelled one is lost with its leases.</param>
    /// <returns>The new claims; empty when nothing is due.</returns>
    /// <exception cref="NpgsqlException">Postgres cannot be reached.</exception>
    public async Task<IReadOnlyList<EffectClaim>> ClaimAsync(
        string owner, int count, int perTarget, IEnumerable<Guid> held, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            return await source.Sql(Claim)
                .With("window", Window)
                .With("owner", owner)
                .With("lease", Lease)
                .With("perTarget", perTarget)
                .With("held", held.ToArray())
                .With("count", count)
                .ListAsync(Read, CancellationToken.None);
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            // Another relay began with the same ordering key between our read and our claim; the next round sees it.
            return [];
        }
    }

    /// <summary>Renews leases.</summary>
    /// <returns>Those that are still the caller's.</returns>
    /// <exception cref="NpgsqlException">Postgres cannot be reached.</exception>
    public IReadOnlySet<Guid> Renew(IReadOnlyList<(Guid Id, long Fence)> leases)
    {
        using var connection = source.OpenConnection();
        return connection.Sql(
            """
            update outbox o
            set lease_until = now() + @lease
            from unnest(@ids, @fences) as claim (id, fence)
            where o.id = claim.id and o.lease_fence = claim.fence and o.lease_owner is not null
            returning o.id
            """)
            .With("lease", Lease)
            .With("ids", leases.Select(lease => lease.Id).ToArray())
            .With("fences", leases.Select(lease => lease.Fence).ToArray())
            .WithTimeout(RenewTimeout)
            .List(row => row.Get<Guid>("id"))
            .ToHashSet();
    }

    private static EffectClaim Read(SqlRow row) => new(
        row.Get<Guid>("id"),
        row.Get<string>("tenant_id"),
        row.Enum<EffectKind>("kind"),
        row.Get<string>("target"),
        row.Get<string>("dedupe_key"),
        row.GetOrNull<string>("event_type"),
        row.Get<string>("payload"),
        row.Get<Guid?>("activation_id"),
        row.Get<long?>("activation_fence"),
        row.Get<int>("attempt"),
        row.Get<long>("lease_fence"),
        row.Get<DateTimeOffset>("created_at"),
        row.Get<bool>("probing"),
        row.GetOrNull<string>("trace_parent"));
}
