using Platform.Contracts.Traces;

namespace Platform.Contracts.Overview;

/// <summary>Answer of <c>GET /api/v1/overview</c>: what happened lately.</summary>
/// <param name="Since">UTC start of the window, 24 hours ago.</param>
/// <param name="Answered">Activations answered in the window.</param>
/// <param name="Silent">Activations that ended silent.</param>
/// <param name="Failed">Activations that failed.</param>
/// <param name="Waiting">Activations queued now.</param>
/// <param name="Running">Activations running now.</param>
/// <param name="TokensIn">Prompt tokens in the window.</param>
/// <param name="TokensOut">Completion tokens in the window.</param>
/// <param name="LatencyP50Ms">Median duration of answered activations, milliseconds; null without any.</param>
/// <param name="LatencyP95Ms">95th percentile, milliseconds; null without any.</param>
/// <param name="TokenCeiling">Today's daily token limit and how much of it is used.</param>
/// <param name="Hours">One entry an hour of the window, oldest first.</param>
/// <param name="Recent">The newest traces, at most 8.</param>
/// <param name="BotsEnabled">Bots that may be activated.</param>
/// <param name="BotFilesWithErrors">Bot files whose newest version is not active.</param>
/// <param name="TracesTotal">Traces stored, an estimate above 10 000.</param>
/// <param name="BackupProblem">One sentence when the newest backup is overdue or could not be restored; null when all is well with them.</param>
public sealed record OverviewResponse(
    DateTimeOffset Since,
    int Answered,
    int Silent,
    int Failed,
    int Waiting,
    int Running,
    long TokensIn,
    long TokensOut,
    int? LatencyP50Ms,
    int? LatencyP95Ms,
    TokenCeilingResponse TokenCeiling,
    IReadOnlyList<OverviewHour> Hours,
    IReadOnlyList<TraceSummary> Recent,
    int BotsEnabled,
    int BotFilesWithErrors,
    long TracesTotal,
    string? BackupProblem);

/// <summary>One hour of the overview.</summary>
/// <param name="Start">UTC.</param>
/// <param name="Answered">Activations answered.</param>
/// <param name="Silent">Activations that ended silent.</param>
/// <param name="Failed">Activations that failed.</param>
/// <param name="Tokens">Prompt and completion tokens.</param>
public sealed record OverviewHour(DateTimeOffset Start, int Answered, int Silent, int Failed, long Tokens);

/// <summary>The platform's daily token limit.</summary>
/// <param name="Day">UTC day that the figures are for.</param>
/// <param name="Used">Tokens used or reserved for running calls.</param>
/// <param name="Limit">Tokens a day; null when there is no limit.</param>
public sealed record TokenCeilingResponse(DateOnly Day, long Used, long? Limit);
