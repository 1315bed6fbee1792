namespace Platform.Contracts.Jobs;

/// <summary>Summary of the job queue.</summary>
/// <param name="Enqueued">Queued jobs.</param>
/// <param name="Scheduled">Scheduled jobs.</param>
/// <param name="Processing">Running jobs.</param>
/// <param name="Succeeded">Jobs that succeeded, ever.</param>
/// <param name="Failed">Jobs that failed permanently and were not removed.</param>
/// <param name="Servers">Workers that process jobs.</param>
/// <param name="Recent">Running jobs, scheduled, failed and succeeded, newest of each first.</param>
public sealed record JobList(
    long Enqueued, long Scheduled, long Processing, long Succeeded, long Failed, long Servers, IReadOnlyList<JobResponse> Recent);

/// <summary>A job of the queue.</summary>
/// <param name="Id">Hangfire's id.</param>
/// <param name="State">Its state.</param>
/// <param name="Name">What it calls, with its arguments; null when this version does not know it.</param>
/// <param name="At">UTC: start, due time or end, by its state; null when unknown.</param>
/// <param name="DurationMs">Milliseconds; null unless it succeeded.</param>
/// <param name="Error">Why it failed; null when it did not.</param>
public sealed record JobResponse(string Id, JobState State, string? Name, DateTimeOffset? At, long? DurationMs, string? Error);
