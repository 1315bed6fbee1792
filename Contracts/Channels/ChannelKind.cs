namespace Platform.Contracts.Channels;

/// <summary>Kind of a channel.</summary>
public enum ChannelKind
{
    /// <summary>The public timeline.</summary>
    Timeline,

    /// <summary>Two authors in private.</summary>
    Dm,

    /// <summary>A person and one bot, through the API or the chat page.</summary>
    Conversation,

    /// <summary>A Discord channel or thread.</summary>
    Discord,
}
