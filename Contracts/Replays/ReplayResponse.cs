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
