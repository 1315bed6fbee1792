namespace Platform.Core.Conversations;

/// <summary>What was stored for a message that a person posted.</summary>
/// <param name="MessageId">UUIDv7.</param>
/// <param name="Sequence">Its place in the channel.</param>
/// <param name="ActivationId">The activation that will answer it.</param>
public sealed record PostedMessage(Guid MessageId, long Sequence, Guid ActivationId);
