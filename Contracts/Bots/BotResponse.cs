namespace Platform.Contracts.Bots;

/// <summary>One bot.</summary>
/// <param name="Id">UUIDv5 of the DNS namespace and the handle.</param>
/// <param name="Handle">Lower case, without <c>@</c>.</param>
/// <param name="DisplayName">What people read.</param>
/// <param name="Enabled">Whether it may be activated.</param>
/// <param name="Description">One line about who it is.</param>
/// <param name="Tone">Its tone, in a few words.</param>
/// <param name="Interests">Topics that it reacts to.</param>
/// <param name="Emoji">Its face where there is no picture.</param>
/// <param name="Model">The model as configured, e.g. <c>rehearsal</c> or <c>gpt-4o-mini</c>.</param>
/// <param name="Provider">The provider of that model now; null when none is configured for it.</param>
/// <param name="Rehearsal">True when the offline model would answer.</param>
/// <param name="SourceFile">The file that defines it, relative to the config folder.</param>
/// <param name="Problems">Problems of the newest version of that file; the last valid version stays active.</param>
public sealed record BotResponse(
    string Id,
    string Handle,
    string DisplayName,
    bool Enabled,
    string? Description,
    string? Tone,
    IReadOnlyList<string> Interests,
    string? Emoji,
    string Model,
    string? Provider,
    bool Rehearsal,
    string? SourceFile,
    IReadOnlyList<BotFileProblem> Problems);
