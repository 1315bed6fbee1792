namespace Platform.Tests.Chaos.History;

/// <summary>A message that the Api took: from then on its activation must come to an end.</summary>
/// <param name="Conversation">Where it was posted.</param>
/// <param name="Activation">The activation that the answer named.</param>
/// <param name="Sequence">The message's place in the conversation.</param>
public sealed record AcknowledgedPost(Guid Conversation, Guid Activation, long Sequence);
