using Npgsql;
using NpgsqlTypes;
using Platform.Contracts.Channels;
using Platform.Contracts.EventLog;
using Platform.Core.Activations.Queue;
using Platform.Core.Channels;
using Platform.Core.EventLog;
using Platform.Core.Storage;

namespace Platform.Core.Conversations;

/// <summary>Writes what people do in conversations. What it returns is stored.</summary>
public sealed class ConversationWriter(NpgsqlDataSource source)
{
    /// <summary>Longest title, in UTF-16 units.</summary>
    public const int MaxTitleLength = 200;

    private const int TitleFromMessageLength = 80;

    /// <summary>Creates a conversation between a person and a bot.</summary>
    /// <param name="tenantId">The owner.</param>
    /// <param name="botId">Who will answer.</param>
    /// <param name="createdBy">The person.</param>
    /// <param name="title">Null names it after its first message.</param>
    /// <param name="metadata">A JSON object or null.</param>
    /// <param name="cancellationToken">Cancels the write.</param>
    /// <returns>The new id.</returns>
    /// <exception cref="NpgsqlException">Postgres cannot be reached; nothing is stored.</exception>
    public async Task<Guid> CreateAsync(
        string tenantId, Guid botId, Guid createdBy, string? title, string? metadata, CancellationToken cancellationToken)
    {
        var id = Guid.CreateVersion7();
        await source.Sql(
            """
            insert into channels (id, tenant_id, kind, bot_id, created_by, title, metadata)
            values (@id, @tenant, 'conversation', @bot, @author, @title, @metadata)
            """)
            .With("id", id).With("tenant", tenantId).With("bot", botId).With("author", createdBy).With("title", title)
            .With("metadata", metadata, NpgsqlDbType.Jsonb)
            .ExecuteAsync(cancellationToken);
        return id;
    }

    /// <summary>Stores a message, queues the bot's activation and wakes a worker, all in one statement.</summary>
    /// <returns>Null when the conversation is not there or not the tenant's.</returns>
    /// <exception cref="NpgsqlException">Postgres cannot be reached; nothing is stored, unless the connection broke while committing.</exception>
    public async Task<PostedMessage?> PostAsync(NewMessage message, CancellationToken cancellationToken)
    {
        var messageId = Guid.CreateVersion7();
        var activationId = Guid.CreateVersion7();
        var sequence = await source.Sql(
            $"""
            with channel as (
                update channels
                set next_sequence = next_sequence + 1, updated_at = now(), title = coalesce(title, @title)
                where id = @channel and tenant_id = @tenant and kind = 'conversation' and deleted_at is null
                returning id, tenant_id, bot_id, next_sequence - 1 as sequence
            ), message as (
                insert into messages (id, tenant_id, channel_id, sequence, author_id, role, content)
                select @message, tenant_id, id, sequence, @author, 'user', @content from channel
            ), activation as (
                insert into activations (id, tenant_id, bot_id, channel_id, reason, trigger, trigger_message_id, model, trace_parent, correlation_id)
                select @activation, tenant_id, bot_id, id, 'conversation', 'message:' || @message, @message, @model, @traceParent, @correlationId from channel
            ), event as (
                insert into event_inbox (id, tenant_id, type, data)
                select @event, tenant_id, '{EventTypes.MessageCreated}', @eventData || jsonb_build_object('sequence', sequence) from channel
            )
            select sequence, pg_notify('{ActivationQueue.WakeChannel}', ''), pg_notify('{PlatformEventWriter.WakeChannel}', '') from channel
            """)
            .With("channel", message.ChannelId)
            .With("tenant", message.TenantId)
            .With("title", TitleFrom(message.Content))
            .With("message", messageId)
            .With("author", message.AuthorId)
            .With("content", message.Content)
            .With("activation", activationId)
            .With("event", Guid.CreateVersion7())
            .With("eventData", MessageEvents.Created(messageId, message.ChannelId, message.AuthorId, MessageRole.User, message.Content), NpgsqlDbType.Jsonb)
            .With("model", message.Model)
            .With("traceParent", message.TraceParent)
            .With("correlationId", message.CorrelationId)
            .ScalarAsync<long?>(cancellationToken);
        return sequence is { } posted ? new PostedMessage(messageId, posted, activationId) : null;
    }

    private static string TitleFrom(string content)
    {
        var line = content.Trim().Split('\n', 2)[0].Trim();
        if (line.Length <= TitleFromMessageLength)
        {
            return line;
        }

        var end = char.IsHighSurrogate(line[TitleFromMessageLength - 2]) ? TitleFromMessageLength - 2 : TitleFromMessageLength - 1;
        return line[..end] + "…";
    }
}

/// <summary>A message that a person posts to a conversation.</summary>
/// <param name="TenantId">Whose conversation it must be.</param>
/// <param name="ChannelId">The conversation.</param>
/// <param name="AuthorId">Who writes.</param>
/// <param name="Content">1 to <see cref="Core.Channels.Message.MaxConversationLength"/> UTF-16 units, valid Unicode without NUL.</param>
/// <param name="Model">A model for this answer only.</param>
/// <param name="TraceParent">W3C trace context of the request.</param>
/// <param name="CorrelationId">Correlation id of the request.</param>
public sealed record NewMessage(
    string TenantId,
    Guid ChannelId,
    Guid AuthorId,
    string Content,
    string? Model,
    string? TraceParent,
    string? CorrelationId);

/// <summary>What was stored for a message that a person posted.</summary>
/// <param name="MessageId">UUIDv7.</param>
/// <param name="Sequence">Its place in the channel.</param>
/// <param name="ActivationId">The activation that will answer it.</param>
public sealed record PostedMessage(Guid MessageId, long Sequence, Guid ActivationId);
