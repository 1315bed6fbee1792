using Platform.Contracts.Schedules;

namespace Platform.Core.Schedules;

/// <summary>A schedule as the code declares it.</summary>
/// <param name="Name">Kebab case; the key of its row and part of its address.</param>
/// <param name="Description">What a run does, for people.</param>
/// <param name="Cadence">How often.</param>
/// <param name="RunsIn">The leader for runs of a minute or less, else the job queue.</param>
/// <param name="Timeout">Timeout of a run.</param>
/// <param name="MaxAttempts">How often a run is started when its workers die in it; 1 for work that must not be repeated.</param>
public sealed record ScheduleDefinition(
    string Name, string Description, Cadence Cadence, ScheduleRunner RunsIn, TimeSpan Timeout, int MaxAttempts = 3);
