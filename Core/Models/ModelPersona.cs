namespace Platform.Core.Models;

/// <summary>As much of a bot as a model client may need to know.</summary>
/// <param name="Handle">Lower case, without <c>@</c>.</param>
/// <param name="DisplayName">What people read.</param>
/// <param name="Tone">How it speaks, in a few words; null when not said.</param>
/// <param name="Interests">What it likes to talk about.</param>
/// <param name="Sayings">Phrases of its own, for the offline model.</param>
public sealed record ModelPersona(
    string Handle,
    string DisplayName,
    string? Tone,
    IReadOnlyList<string> Interests,
    IReadOnlyList<string> Sayings);
