namespace Platform.Contracts.Schedules;

/// <summary>One run of a schedule.</summary>
/// <param name="Number">From 1.</param>
/// <param name="State">Its state.</param>
/// <param name="Cause">Why it ran.</param>
/// <param name="DueAt">UTC.</param>
/// <param name="Missed">Missed due times before it.</param>
/// <param name="Attempt">How many times it was started.</param>
/// <param name="Worker">Who ran it last; null before that.</param>
/// <param name="StartedAt">UTC of the latest start.</param>
/// <param name="DurationMs">Milliseconds; null until it ended.</param>
/// <param name="Result">What it did, in a sentence; null when there was nothing to do, or it failed.</param>
/// <param name="Findings">What an operator should check.</param>
/// <param name="Error">Why it failed; null when it did not.</param>
public sealed record ScheduleRunResponse(
    long Number,
    ScheduleRunState State,
    ScheduleRunCause Cause,
    DateTimeOffset DueAt,
    int Missed,
    int Attempt,
    string? Worker,
    DateTimeOffset? StartedAt,
    long? DurationMs,
    string? Result,
    IReadOnlyList<string> Findings,
    string? Error);
