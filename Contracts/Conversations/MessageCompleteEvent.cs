namespace Platform.Contracts.Conversations;

/// <summary>Data of <see cref="StreamEvents.Message"/> and <see cref="StreamEvents.MessageComplete"/>.</summary>
/// <param name="Message">The stored message.</param>
/// <param name="Sequence">Its sequence.</param>
public sealed record MessageCompleteEvent(MessageResponse Message, long Sequence);
