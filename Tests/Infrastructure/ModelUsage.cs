namespace Platform.Tests.Infrastructure;

/// <summary>Token counts of an answer.</summary>
/// <param name="Prompt">Tokens of the request, cached ones included.</param>
/// <param name="Completion">Tokens of the answer, reasoning included.</param>
/// <param name="Cached">Tokens of the request that came from the provider's cache.</param>
/// <param name="Reasoning">Tokens of the answer that were thinking.</param>
public sealed record ModelUsage(int Prompt, int Completion, int Cached = 0, int Reasoning = 0);
