namespace Platform.Contracts.Activations;

/// <summary>Why a bot was asked to act. The first six are ChapterX's.</summary>
public enum ActivationReason
{
    /// <summary>Somebody named the bot.</summary>
    Mention,

    /// <summary>Somebody replied to the bot.</summary>
    Reply,

    /// <summary>Chance.</summary>
    Random,

    /// <summary>An <c>m </c> command in the channel.</summary>
    MCommand,

    /// <summary>An emoji put on a message.</summary>
    Reaction,

    /// <summary>A timer that ran out.</summary>
    Timer,

    /// <summary>A message in a conversation, which its bot always considers.</summary>
    Conversation,
}
