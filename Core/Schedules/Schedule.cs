using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Platform.Contracts.Schedules;

namespace Platform.Core.Schedules;

/// <summary>A scheduled job. The rows follow the list in the worker's code; <see cref="ScheduleStore"/> alone writes them.</summary>
public sealed class Schedule
{
    public required string Name { get; init; }

    /// <summary>What a run does, for people.</summary>
    public required string Description { get; init; }

    /// <summary>Time from one run to the next; null when it runs daily.</summary>
    public TimeSpan? Period { get; init; }

    /// <summary>UTC time of day; null when it runs by period.</summary>
    public TimeOnly? DailyAt { get; init; }

    public required ScheduleRunner RunsIn { get; init; }

    /// <summary>How often a run is started when its workers die; 1 for work that must not be repeated.</summary>
    public required int MaxAttempts { get; init; }

    /// <summary>UTC on the database's clock.</summary>
    public required DateTimeOffset NextRun { get; init; }

    /// <summary>UTC; when a person asked for a run that has not started yet.</summary>
    public DateTimeOffset? AskedAt { get; init; }

    /// <summary>Number of the newest run; 0 before the first.</summary>
    public long RunNumber { get; init; }
}

internal sealed class ScheduleConfiguration : IEntityTypeConfiguration<Schedule>
{
    public void Configure(EntityTypeBuilder<Schedule> builder)
    {
        builder.ToTable("schedules");
        builder.HasKey(schedule => schedule.Name);
    }
}
