namespace Platform.Core.Runs;

/// <summary>One message as it went into a model's context.</summary>
/// <param name="MessageId">The stored message.</param>
/// <param name="Participant">The speaker's display name.</param>
/// <param name="Content">What the model saw of it.</param>
/// <param name="IsOwn">True for what the bot said itself.</param>
/// <param name="IsTrigger">True for the message that asked.</param>
/// <param name="CreatedAt">UTC.</param>
public sealed record ContextMessage(
    Guid MessageId,
    string Participant,
    string Content,
    bool IsOwn,
    bool IsTrigger,
    DateTimeOffset CreatedAt);
