using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Platform.Contracts.Schedules;

namespace Platform.Core.Schedules;

/// <summary>One run of a schedule. Its number is its identity: however often it is started by its number, it runs once.</summary>
public sealed class ScheduleRun
{
    /// <summary>The schedule's name.</summary>
    public required string Schedule { get; init; }

    /// <summary>From 1.</summary>
    public required long Number { get; init; }

    public ScheduleRunState State { get; init; }

    public ScheduleRunCause Cause { get; init; }

    /// <summary>UTC on the database's clock.</summary>
    public DateTimeOffset DueAt { get; init; }

    /// <summary>How many due times were missed before this run; 0 for one that is on time.</summary>
    public int Missed { get; init; }

    /// <summary>How many times it was started.</summary>
    public int Attempt { get; init; }

    /// <summary>The worker that runs it.</summary>
    public string? Owner { get; init; }

    /// <summary>Grows with each start; only the newest may finish.</summary>
    public long Fence { get; init; }

    /// <summary>UTC on the database's clock; after it the run counts as abandoned.</summary>
    public DateTimeOffset? LeaseUntil { get; init; }

    /// <summary>UTC; when it was last given to the job queue.</summary>
    public DateTimeOffset? EnqueuedAt { get; init; }

    /// <summary>UTC; when the leader claimed it.</summary>
    public DateTimeOffset ClaimedAt { get; init; }

    /// <summary>UTC of the latest start.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>UTC; null until it ended.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>What it did, in a sentence.</summary>
    public string? Result { get; init; }

    /// <summary>JSON array of sentences: what an operator should check.</summary>
    public string Findings { get; init; } = "[]";

    /// <summary>Why it failed.</summary>
    public string? Error { get; init; }
}

internal sealed class ScheduleRunConfiguration : IEntityTypeConfiguration<ScheduleRun>
{
    public void Configure(EntityTypeBuilder<ScheduleRun> builder)
    {
        builder.ToTable("schedule_runs");
        builder.HasKey(run => new { run.Schedule, run.Number });
        builder.Property(run => run.Findings).HasColumnType("jsonb");
    }
}
