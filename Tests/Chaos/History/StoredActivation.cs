namespace Platform.Tests.Chaos.History;

/// <summary>What the database holds of an activation once everything is quiet.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Conversation">Where it was asked for.</param>
/// <param name="TriggerSequence">The place of the message that asked; null when none did.</param>
/// <param name="State">Its state, e.g. <c>answered</c>.</param>
/// <param name="Traces">How many traces name it.</param>
/// <param name="AnswerSequences">The places of the messages that it wrote, in order.</param>
/// <param name="EndedByNewestClaim">Whether the trace was written under the claim that the row names as its last.</param>
/// <param name="IsLeased">Whether somebody still holds it.</param>
public sealed record StoredActivation(
    Guid Id,
    Guid Conversation,
    long? TriggerSequence,
    string State,
    int Traces,
    IReadOnlyList<long> AnswerSequences,
    bool EndedByNewestClaim,
    bool IsLeased);
