namespace Platform.Contracts.Replays;

/// <summary>A replay of a model call and its answer.</summary>
/// <param name="Id">UUIDv7.</param>
/// <param name="Mode">Where the answer comes from.</param>
/// <param name="State">Its state.</param>
/// <param name="AskedModel">As requested.</param>
/// <param name="LeftOut">Parts of the request that could not be replayed; empty when there are none.</param>
/// <param name="CreatedAt">UTC.</param>
/// <param name="FinishedAt">UTC; null before its end.</param>
/// <param name="Answer">Its answer; null until it ends.</param>
public sealed record ReplayResponse(
    string Id,
    ReplayMode Mode,
    ReplayState State,
    string AskedModel,
    IReadOnlyList<string> LeftOut,
    DateTimeOffset CreatedAt,
    DateTimeOffset? FinishedAt,
    ReplayAnswer? Answer);

/// <summary>A model call and its replays.</summary>
/// <param name="Original">As the trace has it; its text is read from the recorded response.</param>
/// <param name="Model">The default model of a replay: the call's own, at the same provider.</param>
/// <param name="CannotAsk">Why the call cannot be replayed live; null when it can.</param>
/// <param name="CannotRead">Why the recorded answer cannot be read; null when it can.</param>
/// <param name="Replays">The newest first, 50 at most.</param>
public sealed record ReplayList(ReplayAnswer Original, string Model, string? CannotAsk, string? CannotRead, IReadOnlyList<ReplayResponse> Replays);

/// <summary>Requests a replay of a call.</summary>
/// <param name="Mode">Null is <see cref="ReplayMode.Live"/>.</param>
/// <param name="Model">As a bot would name it; null means the model of the call. With <see cref="ReplayMode.Recorded"/> there is none to choose.</param>
public sealed record ReplayRequest(ReplayMode? Mode = null, string? Model = null);
