namespace Platform.Core.Overview;

/// <summary>What happened in the last 24 hours, and what there is now.</summary>
public sealed record OverviewFigures
{
    /// <summary>UTC start of the window, on the database's clock.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>Activations queued now.</summary>
    public required int Waiting { get; init; }

    /// <summary>Activations running now.</summary>
    public required int Running { get; init; }

    /// <summary>Median duration of answered activations, milliseconds; null without any.</summary>
    public required int? LatencyP50Ms { get; init; }

    /// <summary>95th percentile, milliseconds; null without any.</summary>
    public required int? LatencyP95Ms { get; init; }

    /// <summary>Bots that may be activated.</summary>
    public required int BotsEnabled { get; init; }

    /// <summary>Bot files whose newest version is not active.</summary>
    public required int BotFilesWithErrors { get; init; }

    /// <summary>Traces stored, an estimate above 10 000.</summary>
    public required long TracesTotal { get; init; }

    /// <summary>24 hours, oldest first.</summary>
    public required IReadOnlyList<HourFigures> Hours { get; init; }
}

/// <summary>One hour of traces.</summary>
/// <param name="Start">UTC.</param>
/// <param name="Answered">Activations answered.</param>
/// <param name="Silent">Activations that ended silent.</param>
/// <param name="Failed">Activations that failed.</param>
/// <param name="TokensIn">Prompt tokens.</param>
/// <param name="TokensOut">Completion tokens.</param>
public sealed record HourFigures(DateTimeOffset Start, int Answered, int Silent, int Failed, long TokensIn, long TokensOut);
