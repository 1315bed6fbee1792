namespace Platform.Contracts.Activations;

/// <summary>One activation as clients see it.</summary>
/// <param name="Id">UUIDv7.</param>
/// <param name="BotId">The bot.</param>
/// <param name="BotHandle">Its handle.</param>
/// <param name="ChannelId">Where it answers.</param>
/// <param name="TriggerMessageId">The triggering message, if any.</param>
/// <param name="Reason">What activated it.</param>
/// <param name="State">Its state.</param>
/// <param name="SilentReason">The rule that kept it silent; null unless <see cref="ActivationState.Silent"/>.</param>
/// <param name="Error">The error; null unless <see cref="ActivationState.Failed"/> or <see cref="ActivationState.Parked"/>.</param>
/// <param name="Attempt">How many times it was claimed, 0 before the first claim.</param>
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
