namespace Platform.Contracts.Replays;

/// <summary>Asks for a replay of a call.</summary>
/// <param name="Mode">Null is <see cref="ReplayMode.Live"/>.</param>
/// <param name="Model">As a bot would name it; null asks the model of the call. With <see cref="ReplayMode.Recorded"/> there is none to choose.</param>
public sealed record ReplayRequest(ReplayMode? Mode = null, string? Model = null);
