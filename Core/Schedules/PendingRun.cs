using Platform.Contracts.Schedules;

namespace Platform.Core.Schedules;

/// <summary>A run that waits to be begun.</summary>
/// <param name="Schedule">The schedule's name.</param>
/// <param name="Number">Its number.</param>
/// <param name="RunsIn">Who begins it.</param>
/// <param name="Attempt">How many times it was begun before.</param>
/// <param name="Late">How long after its time the leader claimed it.</param>
/// <param name="Missed">Due times that went by unserved.</param>
public sealed record PendingRun(string Schedule, long Number, ScheduleRunner RunsIn, int Attempt, TimeSpan Late, int Missed);
