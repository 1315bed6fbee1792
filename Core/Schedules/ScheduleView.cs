namespace Platform.Core.Schedules;

/// <summary>A schedule with its latest run.</summary>
/// <param name="Schedule">The schedule.</param>
/// <param name="LastRun">The newest run, whatever its state; null before the first.</param>
/// <param name="LastEnded">The newest run that ended; null before the first.</param>
public sealed record ScheduleView(Schedule Schedule, ScheduleRun? LastRun, ScheduleRun? LastEnded);
