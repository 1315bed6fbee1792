namespace Platform.Contracts.Conversations;

/// <summary>Data of <see cref="StreamEvents.GenerationStarted"/>, <see cref="StreamEvents.GenerationRestarted"/> and <see cref="StreamEvents.Done"/>.</summary>
/// <param name="ActivationId">The activation that writes.</param>
/// <param name="BotHandle">Who writes.</param>
/// <param name="Attempt">From 1; grows with each takeover.</param>
/// <param name="State">Final state for <c>done</c>, else <c>running</c>.</param>
/// <param name="TraceId">Only for <c>done</c>.</param>
/// <param name="SilentReason">Only for a <c>done</c> whose state is <c>silent</c>.</param>
public sealed record GenerationEvent(
    string ActivationId,
    string BotHandle,
    int Attempt,
    Activations.ActivationState State,
    string? TraceId = null,
    string? SilentReason = null);
