using Platform.Core.Schedules;

namespace Platform.Worker.Features.Schedules;

/// <summary>A schedule and the class that does its work.</summary>
/// <param name="Definition">Its stored and displayed definition.</param>
/// <param name="Work">Implements <see cref="IScheduledWork"/>.</param>
internal sealed record ScheduleEntry(ScheduleDefinition Definition, Type Work)
{
    /// <summary>Declares a schedule.</summary>
    public static ScheduleEntry Of<TWork>(ScheduleDefinition definition)
        where TWork : class, IScheduledWork => new(definition, typeof(TWork));
}
