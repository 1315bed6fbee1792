using Platform.Contracts.Activations;

namespace Platform.Core.Generations;

/// <summary>An activation of a channel as a follower sees it.</summary>
/// <param name="ActivationId">The activation.</param>
/// <param name="BotHandle">The bot.</param>
/// <param name="State">Its state.</param>
/// <param name="Attempt">How often it was claimed.</param>
/// <param name="SilentReason">Why it stayed silent.</param>
/// <param name="ErrorCode">Why it failed.</param>
/// <param name="ErrorMessage">Why it failed, for a person.</param>
/// <param name="TriggerSequence">Sequence of the triggering message.</param>
/// <param name="TraceId">Its trace, once it ended.</param>
/// <param name="Fence">The claim that writes the text.</param>
/// <param name="Content">The text so far; null before it began and after it ended.</param>
public sealed record ChannelActivity(
    Guid ActivationId,
    string BotHandle,
    ActivationState State,
    int Attempt,
    string? SilentReason,
    string? ErrorCode,
    string? ErrorMessage,
    long? TriggerSequence,
    Guid? TraceId,
    long Fence,
    string? Content);
