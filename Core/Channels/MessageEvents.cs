using Platform.Contracts.Channels;
using Platform.Contracts.EventLog;
using Platform.Core.EventLog;
using Platform.Core.Storage;
using Platform.Core.Text;

namespace Platform.Core.Channels;

/// <summary>The events of messages.</summary>
public static class MessageEvents
{
    /// <summary>Data of <see cref="EventTypes.MessageCreated"/>, without the sequence that the database adds.</summary>
    public static string Created(Guid messageId, Guid channelId, Guid authorId, MessageRole role, string content) => NewPlatformEvent.DataOf(new
    {
        message_id = messageId,
        channel_id = channelId,
        author_id = authorId,
        role = EnumText.Of(role),
        preview = Preview.Of(content, NewPlatformEvent.PreviewLength),
    });
}
