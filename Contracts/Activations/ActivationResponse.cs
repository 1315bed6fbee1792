namespace Platform.Contracts.Activations;

/// <summary>One activation as clients see it.</summary>
/// <param name="Id">UUIDv7.</param>
/// <param name="BotId">The bot that was asked.</param>
/// <param name="BotHandle">Its handle.</param>
/// <param name="ChannelId">Where it answers.</param>
/// <param name="TriggerMessageId">The message that asked it, if a message did.</param>
/// <param name="Reason">Why it was asked.</param>
/// <param name="State">Where it stands.</param>
/// <param name="SilentReason">The rule that kept it silent; null unless <see cref="ActivationState.Silent"/>.</param>
/// <param name="Error">What went wrong; null unless <see cref="ActivationState.Failed"/> or <see cref="ActivationState.Parked"/>.</param>
/// <param name="Attempt">How many times a worker took it, 0 while it was never claimed.</param>
/// <param name="TraceId">Its trace, once it ended.</param>
/// <param name="AnswerMessageId">The stored answer, once there is one.</param>
/// <param name="CreatedAt">UTC.</param>
/// <param name="StartedAt">UTC of the latest claim; null before the first.</param>
/// <param name="FinishedAt">UTC; null until it ended.</param>
public sealed record ActivationResponse(
    string Id,
    string BotId,
    string BotHandle,
    string ChannelId,
    string? TriggerMessageId,
    ActivationReason Reason,
    ActivationState State,
    string? SilentReason,
    ActivationError? Error,
    int Attempt,
    string? TraceId,
    string? AnswerMessageId,
    DateTimeOffset CreatedAt,
    DateTimeOffset? StartedAt,
    DateTimeOffset? FinishedAt);
