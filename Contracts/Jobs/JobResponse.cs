namespace Platform.Contracts.Jobs;

/// <summary>A job of the queue.</summary>
/// <param name="Id">Hangfire's id.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Name">What it calls, with its arguments; null when this version does not know it.</param>
/// <param name="At">UTC: start, due time or end, by its state; null when unknown.</param>
/// <param name="DurationMs">Milliseconds; null unless it succeeded.</param>
/// <param name="Error">Why it failed; null when it did not.</param>
public sealed record JobResponse(string Id, JobState State, string? Name, DateTimeOffset? At, long? DurationMs, string? Error);
