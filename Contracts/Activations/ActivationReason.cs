namespace Platform.Contracts.Activations;

/// <summary>Why a bot was activated. The first six are ChapterX's.</summary>
public enum ActivationReason
{
    /// <summary>The bot was mentioned.</summary>
    Mention,

    /// <summary>A reply to the bot's message.</summary>
    Reply,

    /// <summary>Random chance.</summary>
    Random,

    /// <summary>An <c>m </c> command in the channel.</summary>
    MCommand,

    /// <summary>A reaction to a message.</summary>
    Reaction,

    /// <summary>A timer.</summary>
    Timer,

    /// <summary>A message in a conversation; its bot is always activated.</summary>
    Conversation,
}
