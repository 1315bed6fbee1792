using Npgsql;
using Platform.Contracts.Activations;
using Platform.Core.Storage;

namespace Platform.Core.Activations.Queue;

/// <summary>Reads what has not ended, for people and for gauges. Everything is reckoned on the database's clock.</summary>
public sealed class QueueReader(NpgsqlDataSource source)
{
    private const int PreviewLength = 120;

    private const string NotEnded = "'queued', 'running', 'parked'";

    private const string StateOf =
        """
        case when a.state = 'queued' then case when a.deferrals > 0 and a.not_before > now() then 'deferred' else 'waiting' end else a.state end
        """;

    /// <summary>Counts unfinished activations of all tenants.</summary>
    /// <exception cref="NpgsqlException">Postgres cannot be reached.</exception>
    public Task<QueueCounts> TotalAsync(CancellationToken cancellationToken) => source.Sql(
        $"""
        select count(*) filter (where one.state = 'waiting') as waiting,
            count(*) filter (where one.state = 'running') as running,
            count(*) filter (where one.state = 'deferred') as deferred,
            count(*) filter (where one.state = 'parked') as parked,
            coalesce(now() - min(one.not_before) filter (where one.state = 'waiting' and one.not_before <= now()), interval '0') as oldest
        from (select {StateOf} as state, a.not_before from activations a where a.state in ({NotEnded})) one
        """)
        .SingleAsync(
            row => new QueueCounts(row.Get<long>("waiting"), row.Get<long>("running"), row.Get<long>("deferred"), row.Get<long>("parked"), row.Get<TimeSpan>("oldest")),
            cancellationToken);

    /// <summary>Counts what has not ended, by bot.</summary>
    /// <param name="tenantId">Whose.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="NpgsqlException">Postgres cannot be reached.</exception>
    public async Task<IReadOnlyList<QueueBot>> CountAsync(string tenantId, CancellationToken cancellationToken)
    {
        return await source.Sql(
            $"""
            select author.handle, counted.running, counted.waiting, counted.deferred, counted.parked
            from (
                select one.bot_id,
                    count(*) filter (where one.state = 'running') as running,
                    count(*) filter (where one.state = 'waiting') as waiting,
                    count(*) filter (where one.state = 'deferred') as deferred,
                    count(*) filter (where one.state = 'parked') as parked
                from (
                    select a.bot_id, {StateOf} as state
                    from activations a
                    where a.state in ({NotEnded}) and a.tenant_id = @tenant
                ) one
                group by one.bot_id
            ) counted
            join authors author on author.id = counted.bot_id
            order by counted.running + counted.waiting + counted.deferred + counted.parked desc, author.handle
            """)
            .With("tenant", tenantId)
            .ListAsync(
                row => new QueueBot(row.Get<string>("handle"), row.Get<long>("running"), row.Get<long>("waiting"), row.Get<long>("deferred"), row.Get<long>("parked")),
                cancellationToken);
    }

    /// <summary>Returns how long the oldest queued activation could have started.</summary>
    /// <returns>Null when none waits.</returns>
    /// <exception cref="NpgsqlException">Postgres cannot be reached.</exception>
    public Task<TimeSpan?> OldestWaitingAsync(string tenantId, CancellationToken cancellationToken) => source.Sql(
        """
        select now() - max(a.not_before) filter (where a.not_before <= now())
        from (
            select not_before from activations
            where state = 'queued' and not_before <= now() and tenant_id = @tenant
            order by id
            limit 1
        ) a
        """)
        .With("tenant", tenantId)
        .ScalarAsync<TimeSpan?>(cancellationToken);

    /// <summary>Lists what has not ended, newest first.</summary>
    /// <param name="tenantId">Whose.</param>
    /// <param name="state">Null lists all states.</param>
    /// <param name="bot">Handle; null lists all bots.</param>
    /// <param name="before">The last id of the page before; null begins with the newest.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="NpgsqlException">Postgres cannot be reached.</exception>
    public async Task<IReadOnlyList<QueueItem>> ListAsync(
        string tenantId, QueueState? state, string? bot, Guid? before, int limit, CancellationToken cancellationToken)
    {
        return await source.Sql(
            $"""
            select a.id, author.handle, a.channel_id, channel.title, a.reason, left(message.content, {PreviewLength}) as preview, {StateOf} as state,
                a.attempt, a.losses, a.deferrals, a.deferred_reason, a.error_code, a.error_message, a.cancel_requested_by,
                case when a.state = 'running' then a.lease_owner end as worker, a.created_at, a.not_before, a.started_at
            from activations a
            join authors author on author.id = a.bot_id
            join channels channel on channel.id = a.channel_id
            left join messages message on message.id = a.trigger_message_id
            where a.state in ({NotEnded}) and a.tenant_id = @tenant
                and (@state is null or {StateOf} = @state)
                and (@bot is null or author.handle = @bot)
                and (@before is null or a.id < @before)
            order by a.id desc
            limit @limit
            """)
            .With("tenant", tenantId)
            .With("state", state is { } wanted ? EnumText.Of(wanted) : null)
            .With("bot", bot)
            .With("before", before)
            .With("limit", limit)
            .ListAsync(Read, cancellationToken);
    }

    private static QueueItem Read(SqlRow row) => new(
        row.Get<Guid>("id").ToString(),
        row.Get<string>("handle"),
        row.Get<Guid>("channel_id").ToString(),
        row.GetOrNull<string>("title"),
        row.Enum<ActivationReason>("reason"),
        row.GetOrNull<string>("preview"),
        row.Enum<QueueState>("state"),
        row.Get<int>("attempt"),
        row.Get<int>("losses"),
        row.Get<int>("deferrals"),
        row.GetOrNull<string>("deferred_reason"),
        row.GetOrNull<string>("error_code") is { } code ? new ActivationError(code, row.GetOrNull<string>("error_message") ?? code) : null,
        row.GetOrNull<string>("cancel_requested_by"),
        row.GetOrNull<string>("worker"),
        row.Get<DateTimeOffset>("created_at"),
        row.Get<DateTimeOffset>("not_before"),
        row.Get<DateTimeOffset?>("started_at"));
}

/// <summary>How much has not ended, of all bots and tenants.</summary>
/// <param name="Waiting">Queued: can start, or waits for an earlier one in its channel.</param>
/// <param name="Running">Held by a worker.</param>
/// <param name="Deferred">Deferred after a transient failure of the model.</param>
/// <param name="Parked">Waiting for an operator.</param>
/// <param name="OldestAge">Age of the oldest queued one since it could have started; zero when none waits.</param>
public sealed record QueueCounts(long Waiting, long Running, long Deferred, long Parked, TimeSpan OldestAge);
