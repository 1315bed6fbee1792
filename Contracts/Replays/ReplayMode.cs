namespace Platform.Contracts.Replays;

/// <summary>Where a replay takes its answer from.</summary>
public enum ReplayMode
{
    /// <summary>A model is asked now. It costs tokens, and counts against the day's ceiling.</summary>
    Live,

    /// <summary>The recorded response is read again, as if it came over the wire: no network, no cost, the same every time.</summary>
    Recorded,
}
