
namespace Platform.Core.Runs;

/// <summary>The messages a model sees, and how many were considered.</summary>
/// <param name="Messages">Oldest first.</param>
/// <param name="Considered">How many messages were considered.</param>
/// <param name="TruncateReason">Why the oldest were left out, in ChapterX's words: <c>rolling_threshold</c>, <c>character_limit</c>; null when none were.</param>
public sealed record ActivationContext(IReadOnlyList<ContextMessage> Messages, int Considered, string? TruncateReason);

/// <summary>One message as it went into a model's context.</summary>
/// <param name="MessageId">The stored message.</param>
/// <param name="Participant">The speaker's display name.</param>
/// <param name="Content">What the model saw of it.</param>
/// <param name="IsOwn">True for the bot's own messages.</param>
/// <param name="IsTrigger">True for the triggering message.</param>
/// <param name="CreatedAt">UTC.</param>
public sealed record ContextMessage(
    Guid MessageId,
    string Participant,
    string Content,
    bool IsOwn,
    bool IsTrigger,
    DateTimeOffset CreatedAt)
{
    /// <summary>True for what any bot said.</summary>
    public bool IsAnswer { get; init; }
}
