using Npgsql;
using NpgsqlTypes;
using Platform.Contracts.Activations;
using Platform.Core.Storage;

namespace Platform.Core.Activations.Queue;

/// <summary>Reads what has not ended, for people and for gauges. Everything is reckoned on the database's clock.</summary>
public sealed class QueueReader(NpgsqlDataSource source)
{
    private const int PreviewLength = 120;

    private const string StateOf =
        """
        case when a.state = 'queued' then case when a.deferrals > 0 and a.not_before > now() then 'deferred' else 'waiting' end else a.state end
        """;

    /// <summary>Counts what has not ended, everybody's.</summary>
    /// <exception cref="NpgsqlException">Postgres cannot be reached.</exception>
    public async Task<QueueCounts> TotalAsync(CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(
            $"""
            select count(*) filter (where one.state = 'waiting'),
                count(*) filter (where one.state = 'running'),
                count(*) filter (where one.state = 'deferred'),
                count(*) filter (where one.state = 'parked'),
                coalesce(now() - min(one.not_before) filter (where one.state = 'waiting' and one.not_before <= now()), interval '0')
            from (select {StateOf} as state, a.not_before from activations a where a.state in ('queued', 'running', 'parked')) one
            """);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return new QueueCounts(
            reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2), reader.GetInt64(3), reader.GetFieldValue<TimeSpan>(4));
    }

    /// <summary>Counts what has not ended, by bot.</summary>
    /// <param name="tenantId">Whose.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="NpgsqlException">Postgres cannot be reached.</exception>
    public async Task<IReadOnlyList<QueueBot>> CountAsync(string tenantId, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(
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
                    where a.state in ('queued', 'running', 'parked') and a.tenant_id = @tenant
                ) one
                group by one.bot_id
            ) counted
            join authors author on author.id = counted.bot_id
            order by counted.running + counted.waiting + counted.deferred + counted.parked desc, author.handle
            """);
        command.Parameters.AddWithValue("tenant", tenantId);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        List<QueueBot> bots = [];
        while (await reader.ReadAsync(cancellationToken))
        {
            bots.Add(new QueueBot(reader.GetString(0), reader.GetInt64(1), reader.GetInt64(2), reader.GetInt64(3), reader.GetInt64(4)));
        }

        return bots;
    }

    /// <summary>Says how long the oldest waiting activation has waited since it could have begun.</summary>
    /// <returns>Null when none waits.</returns>
    /// <exception cref="NpgsqlException">Postgres cannot be reached.</exception>
    public async Task<TimeSpan?> OldestWaitingAsync(string tenantId, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(
            """
            select now() - max(a.not_before) filter (where a.not_before <= now())
            from (
                select not_before from activations
                where state = 'queued' and not_before <= now() and tenant_id = @tenant
                order by id
                limit 1
            ) a
            """);
        command.Parameters.AddWithValue("tenant", tenantId);
        return await command.ExecuteScalarAsync(cancellationToken) as TimeSpan?;
    }

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
        await using var command = source.CreateCommand(
            $"""
            select a.id, author.handle, a.channel_id, channel.title, a.reason, left(message.content, {PreviewLength}), {StateOf},
                a.attempt, a.losses, a.deferrals, a.deferred_reason, a.error_code, a.error_message, a.cancel_requested_by,
                case when a.state = 'running' then a.lease_owner end, a.created_at, a.not_before, a.started_at
            from activations a
            join authors author on author.id = a.bot_id
            join channels channel on channel.id = a.channel_id
            left join messages message on message.id = a.trigger_message_id
            where a.state in ('queued', 'running', 'parked') and a.tenant_id = @tenant
                and (@state is null or {StateOf} = @state)
                and (@bot is null or author.handle = @bot)
                and (@before is null or a.id < @before)
            order by a.id desc
            limit @limit
            """);
        command.Parameters.AddWithValue("tenant", tenantId);
        command.Parameters.Add(Text("state", state is { } wanted ? EnumText.Of(wanted) : null));
        command.Parameters.Add(Text("bot", bot));
        command.Parameters.Add(new NpgsqlParameter("before", NpgsqlDbType.Uuid) { Value = (object?)before ?? DBNull.Value });
        command.Parameters.AddWithValue("limit", limit);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        List<QueueItem> items = [];
        while (await reader.ReadAsync(cancellationToken))
        {
            items.Add(Read(reader));
        }

        return items;
    }

    private static QueueItem Read(NpgsqlDataReader reader) => new(
        reader.GetGuid(0).ToString(),
        reader.GetString(1),
        reader.GetGuid(2).ToString(),
        TextOf(reader, 3),
        EnumText.Parse<ActivationReason>(reader.GetString(4)),
        TextOf(reader, 5),
        EnumText.Parse<QueueState>(reader.GetString(6)),
        reader.GetInt32(7),
        reader.GetInt32(8),
        reader.GetInt32(9),
        TextOf(reader, 10),
        TextOf(reader, 11) is { } code ? new ActivationError(code, TextOf(reader, 12) ?? code) : null,
        TextOf(reader, 13),
        TextOf(reader, 14),
        reader.GetFieldValue<DateTimeOffset>(15),
        reader.GetFieldValue<DateTimeOffset>(16),
        reader.IsDBNull(17) ? null : reader.GetFieldValue<DateTimeOffset>(17));

    private static string? TextOf(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);

    private static NpgsqlParameter Text(string name, string? value) =>
        new(name, NpgsqlDbType.Text) { Value = (object?)value ?? DBNull.Value };
}
