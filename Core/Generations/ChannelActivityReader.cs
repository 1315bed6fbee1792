using Npgsql;
using Platform.Contracts.Activations;
using Platform.Core.Storage;

namespace Platform.Core.Generations;

/// <summary>Reads the activity of a channel: queued, running and recently ended activations.</summary>
public sealed class ChannelActivityReader(NpgsqlDataSource source)
{
    /// <summary>How far before <c>since</c> ended activations are looked for, as commits may be seen out of order.</summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromSeconds(5);

    /// <summary>Reads the activations of a channel that are unfinished, that ended since, or that the newest message triggered.</summary>
    /// <param name="channelId">The channel.</param>
    /// <param name="since">Time of the previous reading on the database's clock; null for the first.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <returns>Oldest first, and the database's time now.</returns>
    /// <exception cref="NpgsqlException">Postgres cannot be reached.</exception>
    public async Task<(DateTimeOffset Now, IReadOnlyList<ChannelActivity> Activities)> ReadAsync(
        Guid channelId, DateTimeOffset? since, CancellationToken cancellationToken)
    {
        DateTimeOffset now = default;
        List<ChannelActivity> activities = [];
        var rows = source.Sql(
            """
            select clock.now, a.id, author.handle, a.state, a.attempt, a.silent_reason, a.error_code, a.error_message,
                asked.sequence, trace.id as trace_id, a.lease_fence, case when g.lease_fence = a.lease_fence then g.content end as content
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
            """)
            .With("channel", channelId)
            .With("since", since - Overlap)
            .RowsAsync(cancellationToken);
        await foreach (var row in rows)
        {
            now = row.Get<DateTimeOffset>("now");
            if (!row.IsNull("id"))
            {
                activities.Add(Read(row));
            }
        }

        return (now, activities);
    }

    private static ChannelActivity Read(SqlRow row) => new(
        row.Get<Guid>("id"),
        row.Get<string>("handle"),
        row.Enum<ActivationState>("state"),
        row.Get<int>("attempt"),
        row.GetOrNull<string>("silent_reason"),
        row.GetOrNull<string>("error_code"),
        row.GetOrNull<string>("error_message"),
        row.Get<long?>("sequence"),
        row.Get<Guid?>("trace_id"),
        row.Get<long>("lease_fence"),
        row.GetOrNull<string>("content"));
}

/// <summary>An activation of a channel as a follower sees it.</summary>
/// <param name="ActivationId">The activation.</param>
/// <param name="BotHandle">The bot.</param>
/// <param name="State">Its state.</param>
/// <param name="Attempt">How often it was claimed.</param>
/// <param name="SilentReason">Why it stayed silent.</param>
/// <param name="ErrorCode">Why it failed.</param>
/// <param name="ErrorMessage">Why it failed, for a person.</param>
/// <param name="TriggerSequence">Sequence of the triggering message.</param>
/// <param name="TraceId">Its trace, once it ended.</param>
/// <param name="Fence">The claim that writes the text.</param>
/// <param name="Content">The text so far; null before it began and after it ended.</param>
public sealed record ChannelActivity(
    Guid ActivationId,
    string BotHandle,
    ActivationState State,
    int Attempt,
    string? SilentReason,
    string? ErrorCode,
    string? ErrorMessage,
    long? TriggerSequence,
    Guid? TraceId,
    long Fence,
    string? Content);
