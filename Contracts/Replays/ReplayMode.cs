namespace Platform.Contracts.Replays;

/// <summary>Source of a replay's answer.</summary>
public enum ReplayMode
{
    /// <summary>A new model call. It uses tokens and counts against the daily token limit.</summary>
    Live,

    /// <summary>The recorded response is parsed again: no network, no cost, deterministic.</summary>
    Recorded,
}
