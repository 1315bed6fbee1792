namespace Platform.Contracts.Jobs;

/// <summary>The job queue at a glance.</summary>
/// <param name="Enqueued">Jobs that wait for a worker.</param>
/// <param name="Scheduled">Jobs that wait for their time.</param>
/// <param name="Processing">Jobs under way.</param>
/// <param name="Succeeded">Jobs that ended well, ever.</param>
/// <param name="Failed">Jobs that failed for good and were not removed.</param>
/// <param name="Servers">Workers that take jobs.</param>
/// <param name="Recent">Jobs under way, scheduled, failed and succeeded, newest of each first.</param>
public sealed record JobList(
    long Enqueued, long Scheduled, long Processing, long Succeeded, long Failed, long Servers, IReadOnlyList<JobResponse> Recent);

/// <summary>A job of the queue.</summary>
/// <param name="Id">Hangfire's id.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Name">What it calls, with its arguments; null when this version does not know it.</param>
/// <param name="At">UTC: start, due time or end, by its state; null when unknown.</param>
/// <param name="DurationMs">Milliseconds; null unless it succeeded.</param>
/// <param name="Error">Why it failed; null when it did not.</param>
public sealed record JobResponse(string Id, JobState State, string? Name, DateTimeOffset? At, long? DurationMs, string? Error);
