using Npgsql;
using NpgsqlTypes;
using Platform.Contracts.Activations;
using Platform.Core.Storage;

namespace Platform.Core.Generations;

/// <summary>Reads what goes on in a channel: what waits, what is being written, and what ended lately.</summary>
public sealed class ChannelActivityReader(NpgsqlDataSource source)
{
    /// <summary>How far before <c>since</c> ended activations are looked for, as commits may be seen out of order.</summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromSeconds(5);

    /// <summary>Reads the activations of a channel that have not ended, that ended since, or that the newest message asked for.</summary>
    /// <param name="channelId">The channel.</param>
    /// <param name="since">Time of the previous reading on the database's clock; null for the first.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <returns>Oldest first, and the database's time now.</returns>
    /// <exception cref="NpgsqlException">Postgres cannot be reached.</exception>
    public async Task<(DateTimeOffset Now, IReadOnlyList<ChannelActivity> Activities)> ReadAsync(
        Guid channelId, DateTimeOffset? since, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(
            """
            select clock.now, a.id, author.handle, a.state, a.attempt, a.silent_reason, a.error_code, a.error_message,
                asked.sequence, trace.id, a.lease_fence, case when g.lease_fence = a.lease_fence then g.content end
            from (select now() as now) clock
            left join activations a on a.channel_id = @channel
                and (a.state in ('queued', 'running', 'parked') or a.finished_at > @since
                    or a.trigger_message_id = (
                        select id from messages where channel_id = @channel order by sequence desc limit 1))
            left join authors author on author.id = a.bot_id
            left join messages asked on asked.id = a.trigger_message_id
            left join traces trace on trace.activation_id = a.id
            left join generations g on g.activation_id = a.id
            order by a.id
            """);
        command.Parameters.AddWithValue("channel", channelId);
        command.Parameters.Add(new NpgsqlParameter("since", NpgsqlDbType.TimestampTz)
        {
            Value = since is { } time ? (object)(time - Overlap) : DBNull.Value,
        });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        DateTimeOffset now = default;
        List<ChannelActivity> activities = [];
        while (await reader.ReadAsync(cancellationToken))
        {
            now = reader.GetFieldValue<DateTimeOffset>(0);
            if (!reader.IsDBNull(1))
            {
                activities.Add(Read(reader));
            }
        }

        return (now, activities);
    }

    private static ChannelActivity Read(NpgsqlDataReader reader) => new(
        reader.GetGuid(1),
        reader.GetString(2),
        EnumText.Parse<ActivationState>(reader.GetString(3)),
        reader.GetInt32(4),
        Text(reader, 5),
        Text(reader, 6),
        Text(reader, 7),
        reader.IsDBNull(8) ? null : reader.GetInt64(8),
        reader.IsDBNull(9) ? null : reader.GetGuid(9),
        reader.GetInt64(10),
        Text(reader, 11));

    private static string? Text(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
}
