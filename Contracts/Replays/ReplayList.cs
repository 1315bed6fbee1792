namespace Platform.Contracts.Replays;

/// <summary>A call and how it was asked again.</summary>
/// <param name="Original">As the trace has it; its text is read from the recorded response.</param>
/// <param name="Model">What a replay asks that names no model: the call's own, at the provider that served it.</param>
/// <param name="CannotAsk">Why no model can be asked this call again; null when one can.</param>
/// <param name="CannotRead">Why the recorded answer cannot be read; null when it can.</param>
/// <param name="Replays">The newest first, 50 at most.</param>
public sealed record ReplayList(ReplayAnswer Original, string Model, string? CannotAsk, string? CannotRead, IReadOnlyList<ReplayResponse> Replays);
