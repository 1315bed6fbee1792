namespace Platform.Contracts.Conversations;

/// <summary>Data of <see cref="StreamEvents.Token"/>.</summary>
/// <param name="Token">Text to append.</param>
/// <param name="Index">Where it begins in the answer, in UTF-16 units: the length of all tokens before it.</param>
/// <param name="ActivationId">The activation that writes.</param>
public sealed record TokenEvent(string Token, int Index, string ActivationId);
