using System.Globalization;
using Npgsql;
using Quartz;

namespace Hangfire.PostgreSql.Scheduling;

/// <summary>The trigger of a stored job. It names the job and the job's version: a trigger of an older version does nothing when it fires.</summary>
internal static class JobTriggers
{
    public const string Group = "jobs";

    private static readonly JobKey Runner = new("runner", "hangfire");

    /// <summary>Stores the one Quartz job that all triggers point to.</summary>
    public static async Task PrepareAsync(IScheduler scheduler, CancellationToken cancellationToken) =>
        await scheduler.AddJob(
            JobBuilder.Create<StoredJobRunner>().WithIdentity(Runner).StoreDurably().Build(),
            new AddJobOptions { Replace = true },
            cancellationToken);

    /// <summary>Adds a trigger within <paramref name="transaction"/>.</summary>
    /// <param name="scheduler">Any scheduler of the storage.</param>
    /// <param name="transaction">The one that writes the job.</param>
    /// <param name="job">What is to run.</param>
    /// <param name="queue">Where.</param>
    /// <param name="at">UTC; null: at once.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public static async Task AddAsync(
        IScheduler scheduler, NpgsqlTransaction transaction, JobVersion job, string queue, DateTime? at, CancellationToken cancellationToken)
    {
        var trigger = TriggerBuilder.Create()
            .WithIdentity(NameOf(job), Group)
            .ForJob(Runner)
            .WithExecutionGroup(queue)
            .StartAt(at is { } time ? new DateTimeOffset(time) : Immediately(job))
            .WithSimpleSchedule(schedule => schedule.WithMisfireInstruction(SimpleTriggerMisfireInstruction.IgnoreMisfires))
            .Build();
        using var enlisted = scheduler.EnlistTransaction(transaction);
        await scheduler.ScheduleJob(trigger, new ScheduleJobOptions(), cancellationToken);
    }

    /// <summary>What a trigger names.</summary>
    public static JobVersion Read(TriggerKey key)
    {
        var parts = key.Name.Split('.');
        return new(long.Parse(parts[0], CultureInfo.InvariantCulture), int.Parse(parts[1], CultureInfo.InvariantCulture));
    }

    /// <remarks>The search for lost triggers builds the same name in SQL.</remarks>
    private static string NameOf(JobVersion job) => string.Create(CultureInfo.InvariantCulture, $"{job.Id}.{job.Version}");

    /// <summary>Long ago, so that it is due on every machine's clock; earlier jobs come first.</summary>
    private static DateTimeOffset Immediately(JobVersion job) => DateTimeOffset.UnixEpoch.AddMilliseconds(job.Id);
}
