namespace Platform.Tests.Chaos.Model;

/// <summary>
/// Lease, fence and outbox in small: activations of one bot in one channel, their effects, and workers that may be slow, paused
/// or killed at any moment. Each step names the method or the statement that it stands for.
/// </summary>
/// <param name="workers">How many worker processes; at most <see cref="MaxWorkers"/>.</param>
/// <param name="activations">How many activations; at most <see cref="MaxActivations"/>.</param>
/// <param name="effects">How many effects the first activation has; at most <see cref="MaxEffects"/>.</param>
/// <param name="faults">How many things may go wrong on the way.</param>
/// <param name="bug">A mistake to build in.</param>
internal sealed partial class LeaseModel(int workers, int activations, int effects, int faults, LeaseBug bug = LeaseBug.None) : IModel<World>
{
    public const int MaxWorkers = 3;
    public const int MaxActivations = 2;
    public const int MaxEffects = 2;

    /// <summary>After how many losses an activation is parked: <c>ActivationOptions.MaxAttempts</c>.</summary>
    public const int MaxLosses = 3;

    /// <summary>How often a delivery may fail before the effect is a dead letter.</summary>
    public const int MaxFailures = 2;

    public World Start
    {
        get
        {
            var world = new World { EffectCount = (byte)effects, FaultsLeft = (byte)faults };
            for (var number = 0; number < MaxWorkers; number++)
            {
                ref var worker = ref world.Workers[number];
                worker.Phase = number < workers ? WorkerPhase.Alive : WorkerPhase.Gone;
                worker.ForgetRun();
                worker.ForgetSend();
            }

            return world;
        }
    }

    public bool IsDone(in World world)
    {
        for (var number = 0; number < activations; number++)
        {
            if (!world.Activations[number].HasEnded)
            {
                return false;
            }
        }

        for (var number = 0; number < effects; number++)
        {
            if (world.Activations[0].Phase == ActivationPhase.Answered && world.Effects[number].Phase is not (EffectPhase.Delivered or EffectPhase.Dead))
            {
                return false;
            }
        }

        return true;
    }

    public void AddSteps(in World world, List<(Step Step, World World)> next)
    {
        for (var number = 0; number < activations; number++)
        {
            AddClientSteps(in world, number, next);
            AddLeaseEnd(in world, number, next);
        }

        for (var number = 0; number < effects; number++)
        {
            AddOutboxSteps(in world, number, next);
        }

        for (var number = 0; number < workers; number++)
        {
            AddProcessSteps(in world, number, next);
            AddQueueSteps(in world, number, next);
            AddRunSteps(in world, number, next);
            AddRelaySteps(in world, number, next);
        }
    }

    /// <summary>What clients and the clock do.</summary>
    private static void AddClientSteps(in World world, int number, List<(Step Step, World World)> next)
    {
        var row = world.Activations[number];
        if (row.Phase == ActivationPhase.Absent && (number == 0 || world.Activations[number - 1].Phase != ActivationPhase.Absent))
        {
            // Message and activation in one transaction, then 202: acknowledged from here on.
            var posted = world;
            posted.Activations[number].Phase = ActivationPhase.Queued;
            AddFault(in posted, new Step(StepActor.World, "a client posts, and no worker hears of activation", -1, number), next);
            posted.Notify();
            next.Add((new Step(StepActor.World, "a client posts activation", -1, number), posted));
        }

        if (row.Deferred)
        {
            var due = world;
            due.Activations[number].Deferred = false;
            next.Add((new Step(StepActor.World, "the clock passes not_before of activation", -1, number), due));
        }

        if (row.Phase == ActivationPhase.Parked)
        {
            var again = world;
            again.Activations[number].Phase = ActivationPhase.Queued;
            again.Activations[number].Losses = 0;
            again.Notify();
            next.Add((new Step(StepActor.World, "somebody has it run again, parked activation", -1, number), again));
        }

        if (row.Phase is ActivationPhase.Queued or ActivationPhase.Parked || (row.Phase == ActivationPhase.Running && !row.CancelAsked))
        {
            // A waiting one ends at once; a running one is told through its heartbeat and ended by its worker.
            var cancelled = world;
            ref var asked = ref cancelled.Activations[number];
            asked.CancelAsked = true;
            if (row.Phase != ActivationPhase.Running)
            {
                End(ref asked, ActivationPhase.Cancelled);
                asked.Deferred = false;
                cancelled.Notify();
            }

            next.Add((new Step(StepActor.World, "a client cancels activation", -1, number), cancelled));
        }
    }

    /// <summary><c>lease_until</c> passes. While the holder lives and heartbeats, that takes a fault.</summary>
    private void AddLeaseEnd(in World world, int number, List<(Step Step, World World)> next)
    {
        var row = world.Activations[number];
        if (row.Phase != ActivationPhase.Running || !row.Leased)
        {
            return;
        }

        var ended = world;
        ended.Activations[number].Leased = false;
        var kept = false;
        for (var worker = 0; worker < workers; worker++)
        {
            kept |= world.Workers[worker] is { Phase: WorkerPhase.Alive } holder && holder.Run == number && holder.RunFence == row.Fence;
        }

        var step = new Step(StepActor.World, kept ? "heartbeats come too late; the lease ends of activation" : "the lease ends of activation", -1, number);
        Add(in ended, step, isFault: kept, next);
    }

    /// <summary>SIGSTOP, SIGCONT, SIGKILL and a start.</summary>
    private static void AddProcessSteps(in World world, int number, List<(Step Step, World World)> next)
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
                Die(ref worker);
                AddFault(in changed, new Step(StepActor.World, "is killed", number), next);
                break;
            default:
                worker.Phase = WorkerPhase.Alive;
                worker.Awake = true;
                next.Add((new Step(StepActor.World, "is started again", number), changed));
                break;
        }
    }

    private static void Die(ref WorkerMemory worker)
    {
        worker.Phase = WorkerPhase.Gone;
        worker.Awake = false;
        worker.ForgetRun();
        worker.ForgetSend();
    }

    private static void End(ref ActivationRow row, ActivationPhase phase)
    {
        row.Phase = phase;
        row.Leased = false;
        row.Ends++;
    }

    private static void Add(in World world, Step step, bool isFault, List<(Step Step, World World)> next)
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

    private static void AddFault(in World world, Step step, List<(Step Step, World World)> next)
    {
        if (world.FaultsLeft > 0)
        {
            var after = world;
            after.FaultsLeft--;
            next.Add((step, after));
        }
    }
}
