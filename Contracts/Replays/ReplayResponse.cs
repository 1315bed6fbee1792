namespace Platform.Contracts.Replays;

/// <summary>A call asked again, and what came of it.</summary>
/// <param name="Id">UUIDv7.</param>
/// <param name="Mode">Where the answer comes from.</param>
/// <param name="State">Where it stands.</param>
/// <param name="AskedModel">As it was asked for.</param>
/// <param name="LeftOut">What the request held and could not be carried over, in words; empty when it went whole.</param>
/// <param name="CreatedAt">UTC.</param>
/// <param name="FinishedAt">UTC; null before its end.</param>
/// <param name="Answer">What came of it; null before its end.</param>
public sealed record ReplayResponse(
    string Id,
    ReplayMode Mode,
    ReplayState State,
    string AskedModel,
    IReadOnlyList<string> LeftOut,
    DateTimeOffset CreatedAt,
    DateTimeOffset? FinishedAt,
    ReplayAnswer? Answer);

/// <summary>A call and how it was asked again.</summary>
/// <param name="Original">As the trace has it; its text is read from the recorded response.</param>
/// <param name="Model">What a replay asks that names no model: the call's own, at the provider that served it.</param>
/// <param name="CannotAsk">Why no model can be asked this call again; null when one can.</param>
/// <param name="CannotRead">Why the recorded answer cannot be read; null when it can.</param>
/// <param name="Replays">The newest first, 50 at most.</param>
public sealed record ReplayList(ReplayAnswer Original, string Model, string? CannotAsk, string? CannotRead, IReadOnlyList<ReplayResponse> Replays);

/// <summary>Asks for a replay of a call.</summary>
/// <param name="Mode">Null is <see cref="ReplayMode.Live"/>.</param>
/// <param name="Model">As a bot would name it; null asks the model of the call. With <see cref="ReplayMode.Recorded"/> there is none to choose.</param>
public sealed record ReplayRequest(ReplayMode? Mode = null, string? Model = null);
