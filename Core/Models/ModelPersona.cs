namespace Platform.Core.Models;

/// <summary>The part of a bot that a model client needs.</summary>
/// <param name="Handle">Lower case, without <c>@</c>.</param>
/// <param name="DisplayName">What people read.</param>
/// <param name="Tone">Its tone, in a few words; null when not set.</param>
/// <param name="Interests">What it likes to talk about.</param>
/// <param name="Sayings">Phrases of its own, for the offline model.</param>
public sealed record ModelPersona(
    string Handle,
    string DisplayName,
    string? Tone,
    IReadOnlyList<string> Interests,
    IReadOnlyList<string> Sayings);
