using static Platform.Tests.Chaos.Model.SchedulerMemory;

namespace Platform.Tests.Chaos.Model;

/// <summary>What the platform promises about recurring work.</summary>
internal static class ScheduleInvariants
{
    public static readonly Invariant<ScheduleWorld> NoRunTooMany = new(
        "there are no more runs than due times",
        (in before, step, in after) => after.Made <= after.DueTimes);

    public static readonly Invariant<ScheduleWorld> OneOpen = new(
        "at most one run of a schedule is open",
        (in before, step, in after) => Count(in after, run => run.IsOpen) <= 1);

    public static readonly Invariant<ScheduleWorld> EndsOnce = new(
        "a run ends at most once",
        (in before, step, in after) => Count(in after, run => run.Ends > 1) == 0);

    public static readonly Invariant<ScheduleWorld> BegunByOne = new(
        "a run is begun by one, and again only after its lease ran out or it was handed back",
        (in before, step, in after) =>
        {
            for (var number = 0; number < ScheduleModel.MaxRuns; number++)
            {
                if (after.Runs[number].Begins > before.Runs[number].Begins && before.Runs[number].Phase != RunPhase.Waiting)
                {
                    return false;
                }
            }

            return true;
        });

    public static readonly Invariant<ScheduleWorld> AttemptsBounded = new(
        "a run is begun no more often than it may",
        (in before, step, in after) => Count(in after, run => run.Attempt > ScheduleModel.MaxAttempts) == 0);

    public static readonly Invariant<ScheduleWorld> NoLeaderRobbed = new(
        "a leader whose lease holds is not replaced",
        (in before, step, in after) => !before.Leased || after.LeaderFence == before.LeaderFence);

    public static readonly Invariant<ScheduleWorld> StaleLeaderChangesNothing = new(
        "a leader that lost its lease changes nothing",
        (in before, step, in after) => step.Actor != StepActor.Leader
            || before.Workers[step.Worker].LeadFence == 0
            || before.Workers[step.Worker].LeadFence == before.LeaderFence
            || new BytesComparer<RunRows>().Equals(before.Runs, after.Runs));

    public static readonly Invariant<ScheduleWorld> StaleRunChangesNothing = new(
        "a worker that lost its run changes nothing",
        (in before, step, in after) => step.Actor != StepActor.Run
            || before.Workers[step.Worker] is not { Run: not Nothing } worker
            || before.Runs[worker.Run].Begins == worker.RunBegin
            || new BytesComparer<RunRows>().Equals(before.Runs, after.Runs));

    public static IReadOnlyList<Invariant<ScheduleWorld>> All { get; } =
        [NoRunTooMany, OneOpen, EndsOnce, BegunByOne, AttemptsBounded, NoLeaderRobbed, StaleLeaderChangesNothing, StaleRunChangesNothing];

    private static int Count(in ScheduleWorld world, Func<RunRow, bool> isMeant)
    {
        var count = 0;
        for (var number = 0; number < ScheduleModel.MaxRuns; number++)
        {
            count += isMeant(world.Runs[number]) ? 1 : 0;
        }

        return count;
    }
}
