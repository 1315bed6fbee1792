namespace Platform.Tests.Chaos.Model;

/// <summary>
/// The leader lease and the runs of one schedule in small, with workers that may be slow, paused or killed at any moment. Each step
/// names the statement that it stands for; the leader's three are separate here, which allows more than their one transaction does.
/// </summary>
/// <param name="workers">How many worker processes; at most <see cref="MaxWorkers"/>.</param>
/// <param name="dueTimes">How many times the schedule falls due.</param>
/// <param name="faults">How many things may go wrong on the way.</param>
/// <param name="bug">A mistake to build in.</param>
internal sealed partial class ScheduleModel(int workers, int dueTimes, int faults, ScheduleBug bug = ScheduleBug.None) : IModel<ScheduleWorld>
{
    public const int MaxWorkers = 3;

    /// <summary>One more than due times, to see a run too many.</summary>
    public const int MaxRuns = 3;

    /// <summary><c>ScheduleDefinition.MaxAttempts</c>.</summary>
    public const int MaxAttempts = 2;

    public ScheduleWorld Start
    {
        get
        {
            var world = new ScheduleWorld { FaultsLeft = (byte)faults };
            for (var number = 0; number < MaxWorkers; number++)
            {
                world.Workers[number].Phase = number < workers ? WorkerPhase.Alive : WorkerPhase.Gone;
                world.Workers[number].ForgetRun();
            }

            return world;
        }
    }

    public bool IsDone(in ScheduleWorld world)
    {
        for (var number = 0; number < world.Made; number++)
        {
            if (world.Runs[number].IsOpen)
            {
                return false;
            }
        }

        return world.DueTimes == dueTimes && world.Served == dueTimes;
    }

    public void AddSteps(in ScheduleWorld world, List<(Step Step, ScheduleWorld World)> next)
    {
        AddClockSteps(in world, next);
        for (var number = 0; number < workers; number++)
        {
            AddProcessSteps(in world, number, next);
            if (world.Workers[number].Phase == WorkerPhase.Alive)
            {
                AddLeadSteps(in world, number, next);
                AddRunSteps(in world, number, next);
            }
        }
    }

    private void AddClockSteps(in ScheduleWorld world, List<(Step Step, ScheduleWorld World)> next)
    {
        if (world.DueTimes < dueTimes)
        {
            var due = world;
            due.DueTimes++;
            next.Add((new Step(StepActor.World, "the clock passes due time", -1, world.DueTimes), due));
        }

        if (world.Leased)
        {
            var ended = world;
            ended.Leased = false;
            var kept = false;
            for (var number = 0; number < workers; number++)
            {
                kept |= world.Workers[number] is { Phase: WorkerPhase.Alive } worker && worker.LeadFence == world.LeaderFence;
            }

            Add(in ended, new Step(StepActor.World, kept ? "renewals come too late; the leader lease ends" : "the leader lease ends"), kept, next);
        }

        for (var row = 0; row < world.Made; row++)
        {
            AddRunLeaseEnd(in world, row, next);
        }
    }

    private void AddRunLeaseEnd(in ScheduleWorld world, int row, List<(Step Step, ScheduleWorld World)> next)
    {
        var run = world.Runs[row];
        if (run is not { Phase: RunPhase.Running, Leased: true })
        {
            if (run is { Phase: RunPhase.Waiting, InQueue: > 0 })
            {
                var lost = world;
                lost.Runs[row].InQueue = 0;
                AddFault(in lost, new Step(StepActor.World, "the job queue loses run", -1, row), next);
            }

            return;
        }

        var ended = world;
        ended.Runs[row].Leased = false;
        var kept = false;
        for (var number = 0; number < workers; number++)
        {
            kept |= world.Workers[number] is { Phase: WorkerPhase.Alive } worker && worker.Run == row && worker.RunFence == run.Fence;
        }

        Add(in ended, new Step(StepActor.World, kept ? "renewals come too late; the lease ends of run" : "the lease ends of run", -1, row), kept, next);
    }

    private static void AddProcessSteps(in ScheduleWorld world, int number, List<(Step Step, ScheduleWorld World)> next)
    {
        var changed = world;
        ref var worker = ref changed.Workers[number];
        switch (worker.Phase)
        {
            case WorkerPhase.Alive:
                worker.Phase = WorkerPhase.Paused;
                AddFault(in changed, new Step(StepActor.World, "is paused", number), next);
                Die(ref worker);
                AddFault(in changed, new Step(StepActor.World, "is killed", number), next);
                break;
            case WorkerPhase.Paused:
                worker.Phase = WorkerPhase.Alive;
                next.Add((new Step(StepActor.World, "goes on", number), changed));
                break;
            default:
                worker.Phase = WorkerPhase.Alive;
                next.Add((new Step(StepActor.World, "is started again", number), changed));
                break;
        }
    }

    private static void Die(ref SchedulerMemory worker)
    {
        worker.Phase = WorkerPhase.Gone;
        worker.LeadFence = 0;
        worker.ForgetRun();
    }

    private static void Add(in ScheduleWorld world, Step step, bool isFault, List<(Step Step, ScheduleWorld World)> next)
    {
        if (isFault)
        {
            AddFault(in world, step, next);
        }
        else
        {
            next.Add((step, world));
        }
    }

    private static void AddFault(in ScheduleWorld world, Step step, List<(Step Step, ScheduleWorld World)> next)
    {
        if (world.FaultsLeft > 0)
        {
            var after = world;
            after.FaultsLeft--;
            next.Add((step, after));
        }
    }
}
