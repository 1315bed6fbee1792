using System.Globalization;
using System.Text.Json;
using Platform.Contracts.Schedules;
using Platform.Core.Schedules;

namespace Platform.Api.Features.Schedules;

/// <summary>Schedules as the wire has them.</summary>
internal static class ScheduleMapping
{
    public static ScheduleResponse ToResponse(this ScheduleView view) => new(
        view.Schedule.Name,
        view.Schedule.Description,
        view.Schedule.Period?.TotalSeconds,
        view.Schedule.DailyAt?.ToString("HH:mm", CultureInfo.InvariantCulture),
        view.Schedule.RunsIn,
        view.Schedule.NextRun,
        view.Schedule.AskedAt is not null,
        view.LastRun is { State: ScheduleRunState.Waiting or ScheduleRunState.Running } current ? current.ToResponse() : null,
        view.LastEnded?.ToResponse());

    private static ScheduleRunResponse ToResponse(this ScheduleRun run) => new(
        run.Number,
        run.State,
        run.Cause,
        run.DueAt,
        run.Missed,
        run.Attempt,
        run.Owner,
        run.StartedAt,
        (long?)(run.FinishedAt - run.StartedAt)?.TotalMilliseconds,
        run.Result,
        JsonSerializer.Deserialize<string[]>(run.Findings) ?? [],
        run.Error);
}
