namespace Platform.Contracts.Schedules;

/// <summary>The worker that decides what runs.</summary>
/// <param name="Worker">Machine, process and a random part.</param>
/// <param name="Since">UTC.</param>
public sealed record ScheduleLeader(string Worker, DateTimeOffset? Since);
