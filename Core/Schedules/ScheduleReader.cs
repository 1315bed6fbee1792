using Microsoft.EntityFrameworkCore;
using Platform.Contracts.Schedules;
using Platform.Core.Storage;

namespace Platform.Core.Schedules;

/// <summary>Reads schedules and requests runs.</summary>
public sealed class ScheduleReader(IDbContextFactory<PlatformDbContext> contexts)
{
    /// <summary>Every schedule with its latest runs, by name.</summary>
    public async Task<IReadOnlyList<ScheduleView>> ListAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await (
            from schedule in context.Schedules
            orderby schedule.Name
            select new ScheduleView(
                schedule,
                context.ScheduleRuns.SingleOrDefault(run => run.Schedule == schedule.Name && run.Number == schedule.RunNumber),
                context.ScheduleRuns
                    .Where(run => run.Schedule == schedule.Name && (run.State == ScheduleRunState.Succeeded || run.State == ScheduleRunState.Failed))
                    .OrderByDescending(run => run.Number).FirstOrDefault())).ToListAsync(cancellationToken);
    }

    /// <summary>Who leads.</summary>
    /// <returns>Null while there is no leader, or a dead one is not yet replaced.</returns>
    public async Task<Leader?> LeaderAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Leaders.FromSql($"select * from leaders where name = {LeaderLease.Name} and until > now()")
            .SingleOrDefaultAsync(cancellationToken);
    }

    /// <summary>Requests a run now, or after the current run if there is one.</summary>
    /// <returns>False when there is no such schedule.</returns>
    public async Task<bool> RequestRunAsync(string name, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Database.ExecuteSqlAsync(
            $"update schedules set asked_at = coalesce(asked_at, now()) where name = {name}; select pg_notify({ScheduleStore.WakeChannel}, '')",
            cancellationToken) == 1;
    }
}

/// <summary>A schedule with its latest run.</summary>
/// <param name="Schedule">The schedule.</param>
/// <param name="LastRun">The newest run, whatever its state; null before the first.</param>
/// <param name="LastEnded">The newest run that ended; null before the first.</param>
public sealed record ScheduleView(Schedule Schedule, ScheduleRun? LastRun, ScheduleRun? LastEnded);
