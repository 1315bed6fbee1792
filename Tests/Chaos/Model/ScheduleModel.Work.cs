using static Platform.Tests.Chaos.Model.SchedulerMemory;

namespace Platform.Tests.Chaos.Model;

/// <summary>Leading and running.</summary>
internal sealed partial class ScheduleModel
{
    private void AddLeadSteps(in ScheduleWorld world, int number, List<(Step Step, ScheduleWorld World)> next)
    {
        var changed = world;
        ref var worker = ref changed.Workers[number];
        if (worker.LeadFence == 0)
        {
            if (!world.Leased || bug == ScheduleBug.LeadershipStolen)
            {
                // LeaderLease.TryTakeAsync
                changed.LeaderFence++;
                changed.Leased = true;
                worker.LeadFence = changed.LeaderFence;
                next.Add((new Step(StepActor.Leader, "takes the leader lease", number), changed));
            }

            return;
        }

        if (worker.LeadFence != world.LeaderFence)
        {
            worker.LeadFence = 0;
            next.Add((new Step(StepActor.Leader, "learns that it leads no more", number), changed));
        }
        else if (!world.Leased)
        {
            changed.Leased = true;
            next.Add((new Step(StepActor.Leader, "renews the leader lease", number), changed));
        }

        if ((world.Leased && world.Workers[number].LeadFence == world.LeaderFence) || bug == ScheduleBug.ClaimWithoutFence)
        {
            AddLeaderWork(in world, number, next);
        }
    }

    /// <summary><c>ScheduleStore.AdvanceAsync</c></summary>
    private void AddLeaderWork(in ScheduleWorld world, int number, List<(Step Step, ScheduleWorld World)> next)
    {
        var isOpen = false;
        for (var row = 0; row < world.Made; row++)
        {
            isOpen |= world.Runs[row].IsOpen;
            AddReturn(in world, number, row, next);
            AddHandOver(in world, number, row, next);
        }

        if (world.DueTimes > world.Served && world.Made < MaxRuns && (!isOpen || bug == ScheduleBug.ClaimWhileOpen))
        {
            // ClaimDue: one run serves every due time that has passed.
            var claimed = world;
            claimed.Runs[world.Made] = new RunRow { Phase = RunPhase.Waiting };
            claimed.Made++;
            claimed.Served = bug == ScheduleBug.DueTimeKept ? world.Served : world.DueTimes;
            next.Add((new Step(StepActor.Leader, "claims what is due as run", number, world.Made), claimed));
        }
    }

    private void AddReturn(in ScheduleWorld world, int number, int row, List<(Step Step, ScheduleWorld World)> next)
    {
        if (world.Runs[row] is { Phase: RunPhase.Running, Leased: false } run && bug != ScheduleBug.NoReturn)
        {
            var returned = world;
            ref var again = ref returned.Runs[row];
            var isLast = run.Attempt >= MaxAttempts && bug != ScheduleBug.NoAttemptLimit;
            again.Phase = isLast ? RunPhase.Failed : RunPhase.Waiting;
            again.Ends += (byte)(isLast ? 1 : 0);
            again.Enqueued = false;
            next.Add((new Step(StepActor.Leader, isLast ? "gives up run" : "puts back run", number, row), returned));
        }
    }

    private void AddHandOver(in ScheduleWorld world, int number, int row, List<(Step Step, ScheduleWorld World)> next)
    {
        var run = world.Runs[row];
        if (run.Phase != RunPhase.Waiting || run.InQueue == 2 || (run.Enqueued && bug == ScheduleBug.HandedOnce))
        {
            return;
        }

        // TakeWaiting: now, and again after a minute or by a new leader, whether or not the queue has it still.
        var handed = world;
        handed.Runs[row].Enqueued = true;
        handed.Runs[row].InQueue++;
        next.Add((new Step(StepActor.Leader, "puts into the job queue run", number, row), handed));
    }

    private void AddRunSteps(in ScheduleWorld world, int number, List<(Step Step, ScheduleWorld World)> next)
    {
        var worker = world.Workers[number];
        if (worker.Run == Nothing)
        {
            for (var row = 0; row < world.Made; row++)
            {
                if (world.Runs[row].InQueue > 0)
                {
                    AddBegin(in world, number, row, next);
                }
            }

            return;
        }

        var run = world.Runs[worker.Run];
        var holds = run.Phase == RunPhase.Running && run.Fence == worker.RunFence;
        AddRunRenewal(in world, number, holds, next);
        AddRunEnd(in world, number, holds, next);
    }

    /// <summary><c>ScheduleRuns.StartAsync</c></summary>
    private void AddBegin(in ScheduleWorld world, int number, int row, List<(Step Step, ScheduleWorld World)> next)
    {
        var begun = world;
        ref var run = ref begun.Runs[row];
        run.InQueue--;
        if (run.Phase != RunPhase.Waiting && bug != ScheduleBug.BeginWithoutState)
        {
            next.Add((new Step(StepActor.Run, "finds begun already run", number, row), begun));
            return;
        }

        run.Phase = RunPhase.Running;
        run.Leased = true;
        run.Fence++;
        run.Attempt++;
        run.Begins++;
        ref var worker = ref begun.Workers[number];
        worker.Run = (byte)row;
        worker.RunFence = run.Fence;
        worker.RunBegin = run.Begins;
        next.Add((new Step(StepActor.Run, "begins run", number, row), begun));
    }

    private static void AddRunRenewal(in ScheduleWorld world, int number, bool holds, List<(Step Step, ScheduleWorld World)> next)
    {
        var row = world.Workers[number].Run;
        var beaten = world;
        if (!holds)
        {
            beaten.Workers[number].ForgetRun();
            next.Add((new Step(StepActor.Run, "learns that it lost run", number, row), beaten));
        }
        else if (!world.Runs[row].Leased)
        {
            beaten.Runs[row].Leased = true;
            next.Add((new Step(StepActor.Run, "renews run", number, row), beaten));
        }
    }

    /// <summary><c>ScheduleRuns.FinishAsync</c>, and <c>HandBackAsync</c> at SIGTERM.</summary>
    private void AddRunEnd(in ScheduleWorld world, int number, bool holds, List<(Step Step, ScheduleWorld World)> next)
    {
        var row = world.Workers[number].Run;
        var handedBack = world;
        var finished = world;
        if (holds || bug == ScheduleBug.FinishWithoutFence)
        {
            finished.Runs[row].Phase = RunPhase.Succeeded;
            finished.Runs[row].Leased = false;
            finished.Runs[row].Ends++;
        }

        if (holds)
        {
            ref var run = ref handedBack.Runs[row];
            run.Phase = RunPhase.Waiting;
            run.Leased = run.Enqueued = false;
            run.Attempt--;
        }

        finished.Workers[number].ForgetRun();
        next.Add((new Step(StepActor.Run, "finishes run", number, row), finished));
        Die(ref handedBack.Workers[number]);
        AddFault(in handedBack, new Step(StepActor.Run, "ends in order and hands back run", number, row), next);
    }
}
