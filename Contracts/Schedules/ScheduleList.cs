namespace Platform.Contracts.Schedules;

/// <summary>Every schedule, and who decides what runs.</summary>
/// <param name="Schedules">By name.</param>
/// <param name="Leader">Null while nobody leads: then nothing runs until a worker takes over, within seconds.</param>
public sealed record ScheduleList(IReadOnlyList<ScheduleResponse> Schedules, ScheduleLeader? Leader);
