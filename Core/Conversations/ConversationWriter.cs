using Npgsql;
using NpgsqlTypes;
using Platform.Contracts.Channels;
using Platform.Contracts.EventLog;
using Platform.Core.Activations.Queue;
using Platform.Core.Channels;
using Platform.Core.EventLog;

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
        await using var command = source.CreateCommand(
            """
            insert into channels (id, tenant_id, kind, bot_id, created_by, title, metadata)
            values (@id, @tenant, 'conversation', @bot, @author, @title, @metadata)
            """);
        command.Parameters.AddWithValue("id", id);
        command.Parameters.AddWithValue("tenant", tenantId);
        command.Parameters.AddWithValue("bot", botId);
        command.Parameters.AddWithValue("author", createdBy);
        command.Parameters.Add(Text("title", title));
        command.Parameters.Add(new NpgsqlParameter("metadata", NpgsqlDbType.Jsonb) { Value = (object?)metadata ?? DBNull.Value });
        await command.ExecuteNonQueryAsync(cancellationToken);
        return id;
    }

    /// <summary>Stores a message, asks the conversation's bot and wakes a worker, all in one statement.</summary>
    /// <returns>Null when the conversation is not there or not the tenant's.</returns>
    /// <exception cref="NpgsqlException">Postgres cannot be reached; nothing is stored, unless the connection broke while committing.</exception>
    public async Task<PostedMessage?> PostAsync(NewMessage message, CancellationToken cancellationToken)
    {
        var messageId = Guid.CreateVersion7();
        var activationId = Guid.CreateVersion7();
        await using var command = source.CreateCommand(
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
            """);
        command.Parameters.AddWithValue("channel", message.ChannelId);
        command.Parameters.AddWithValue("tenant", message.TenantId);
        command.Parameters.AddWithValue("title", TitleFrom(message.Content));
        command.Parameters.AddWithValue("message", messageId);
        command.Parameters.AddWithValue("author", message.AuthorId);
        command.Parameters.AddWithValue("content", message.Content);
        command.Parameters.AddWithValue("activation", activationId);
        command.Parameters.AddWithValue("event", Guid.CreateVersion7());
        command.Parameters.AddWithValue(
            "eventData", NpgsqlDbType.Jsonb, MessageEvents.Created(messageId, message.ChannelId, message.AuthorId, MessageRole.User, message.Content));
        command.Parameters.Add(Text("model", message.Model));
        command.Parameters.Add(Text("traceParent", message.TraceParent));
        command.Parameters.Add(Text("correlationId", message.CorrelationId));
        return await command.ExecuteScalarAsync(cancellationToken) is long sequence
            ? new PostedMessage(messageId, sequence, activationId)
            : null;
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

    private static NpgsqlParameter Text(string name, string? value) =>
        new(name, NpgsqlDbType.Text) { Value = (object?)value ?? DBNull.Value };
}
