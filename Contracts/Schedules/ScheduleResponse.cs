namespace Platform.Contracts.Schedules;

/// <summary>A scheduled job.</summary>
/// <param name="Name">Kebab case.</param>
/// <param name="Description">What a run does.</param>
/// <param name="PeriodSeconds">Seconds from one run to the next; null when it runs daily.</param>
/// <param name="DailyAt">UTC time of day, <c>HH:mm</c>; null when it runs by period.</param>
/// <param name="RunsIn">Who executes it.</param>
/// <param name="NextRun">UTC.</param>
/// <param name="Asked">True when a run was requested that has not started yet.</param>
/// <param name="Current">The run that waits or is under way; null when none is.</param>
/// <param name="Last">The newest run that ended; null before the first.</param>
public sealed record ScheduleResponse(
    string Name,
    string Description,
    double? PeriodSeconds,
    string? DailyAt,
    ScheduleRunner RunsIn,
    DateTimeOffset NextRun,
    bool Asked,
    ScheduleRunResponse? Current,
    ScheduleRunResponse? Last);

/// <summary>All schedules and the leader.</summary>
/// <param name="Schedules">By name.</param>
/// <param name="Leader">Null while there is no leader: nothing runs until a worker takes over, within seconds.</param>
public sealed record ScheduleList(IReadOnlyList<ScheduleResponse> Schedules, ScheduleLeader? Leader);

/// <summary>The leader.</summary>
/// <param name="Worker">Machine, process and a random part.</param>
/// <param name="Since">UTC.</param>
public sealed record ScheduleLeader(string Worker, DateTimeOffset? Since);
