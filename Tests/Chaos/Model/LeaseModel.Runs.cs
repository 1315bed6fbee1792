using static Platform.Tests.Chaos.Model.WorkerMemory;

namespace Platform.Tests.Chaos.Model;

/// <summary>Claims and runs.</summary>
internal sealed partial class LeaseModel
{
    /// <summary>One round of <c>ActivationRunner</c>.</summary>
    private void AddQueueSteps(in World world, int number, List<(Step Step, World World)> next)
    {
        var worker = world.Workers[number];
        if (!worker.IsFree)
        {
            return;
        }

        if (!worker.Awake)
        {
            if (bug != LeaseBug.NoPoll)
            {
                // WakeSignal.WaitAsync runs into its timeout.
                var polled = world;
                polled.Workers[number].Awake = true;
                next.Add((new Step(StepActor.Run, "looks unasked", number), polled));
            }

            return;
        }

        var before = next.Count;
        for (var row = 0; row < activations; row++)
        {
            if (IsAbandoned(in world, row))
            {
                AddSettledLoss(in world, number, row, next);
            }
            else if (IsNext(in world, row))
            {
                // ActivationQueue.ClaimWaitingAsync
                AddClaim(in world, number, row, "claims activation", next);
            }
        }

        if (next.Count == before)
        {
            var asleep = world;
            asleep.Workers[number].Awake = false;
            next.Add((new Step(StepActor.Run, "finds nothing and waits", number), asleep));
        }
    }

    private bool IsAbandoned(in World world, int row) =>
        bug != LeaseBug.NoSweep
        && world.Activations[row] is { Phase: ActivationPhase.Running } activation
        && (!activation.Leased || bug == LeaseBug.TakeoverBeforeExpiry);

    /// <summary>Queued, due, the oldest of its channel, and the bot does not run there (also a partial unique index).</summary>
    private bool IsNext(in World world, int row)
    {
        if (world.Activations[row] is not { Phase: ActivationPhase.Queued, Deferred: false })
        {
            return false;
        }

        for (var other = 0; other < activations; other++)
        {
            var phase = world.Activations[other].Phase;
            if (other != row
                && ((phase == ActivationPhase.Running && bug != LeaseBug.ClaimWithoutChannelCheck)
                    || (phase == ActivationPhase.Queued && other < row && bug != LeaseBug.ClaimOutOfOrder)))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary><c>ActivationQueue.SettleLossesAsync</c>: the first loss is taken over at once, later ones wait, the last is parked.</summary>
    private void AddSettledLoss(in World world, int number, int row, List<(Step Step, World World)> next)
    {
        var settled = world;
        ref var activation = ref settled.Activations[row];
        activation.Losses++;
        if (activation.CancelAsked || activation.Losses == 1)
        {
            AddClaim(in settled, number, row, "takes over activation", next);
            return;
        }

        var isLast = activation.Losses >= MaxLosses;
        Requeue(ref activation);
        activation.Fence++;
        activation.Claims++;
        activation.Phase = isLast ? ActivationPhase.Parked : ActivationPhase.Queued;
        activation.Deferred = !isLast;
        next.Add((new Step(StepActor.Run, isLast ? "parks activation" : "puts off activation", number, row), settled));
    }

    private void AddClaim(in World world, int number, int row, string what, List<(Step Step, World World)> next)
    {
        var claimed = world;
        ref var activation = ref claimed.Activations[row];
        var isTakeover = activation.Phase == ActivationPhase.Running;
        activation.Phase = ActivationPhase.Running;
        activation.Leased = true;
        activation.Claims++;
        if (!isTakeover || bug != LeaseBug.FenceNotRaised)
        {
            activation.Fence++;
        }

        ref var worker = ref claimed.Workers[number];
        worker.Run = (byte)row;
        worker.RunFence = activation.Fence;
        worker.RunClaim = activation.Claims;
        next.Add((new Step(StepActor.Run, what, number, row), claimed));
    }

    /// <summary>What a worker does with its claim.</summary>
    private void AddRunSteps(in World world, int number, List<(Step Step, World World)> next)
    {
        var worker = world.Workers[number];
        if (worker.Phase != WorkerPhase.Alive || worker.Run == Nothing)
        {
            return;
        }

        var row = world.Activations[worker.Run];
        var holds = row.Phase == ActivationPhase.Running && row.Fence == worker.RunFence;
        AddHeartbeat(in world, number, row, holds, next);
        AddFinish(in world, number, row, next);
        if (!worker.CommitUnknown)
        {
            AddHandBack(in world, number, holds, next);
            AddDeferral(in world, number, row, holds, next);
            AddEarlySend(in world, number, next);
        }
    }

    /// <summary><c>LeaseKeeper</c>: renews, or learns that the claim is lost.</summary>
    private void AddHeartbeat(in World world, int number, ActivationRow row, bool holds, List<(Step Step, World World)> next)
    {
        var beaten = world;
        if (holds || bug == LeaseBug.HeartbeatWithoutFence)
        {
            if (!row.Leased && row.Phase == ActivationPhase.Running)
            {
                beaten.Activations[world.Workers[number].Run].Leased = true;
                next.Add((new Step(StepActor.Run, "renews activation", number, world.Workers[number].Run), beaten));
            }

            return;
        }

        beaten.Workers[number].ForgetRun();
        next.Add((new Step(StepActor.Run, "learns that it lost activation", number, world.Workers[number].Run), beaten));
    }

    /// <summary><c>ActivationCompletion.CompleteAsync</c>: state, message and outbox rows in one transaction, for the newest claim alone.</summary>
    private void AddFinish(in World world, int number, ActivationRow row, List<(Step Step, World World)> next)
    {
        var index = world.Workers[number].Run;
        var finished = world;
        var counts = (row.Phase == ActivationPhase.Running || bug is LeaseBug.FinishWithoutFence or LeaseBug.FinishWithoutState)
            && (row.Fence == world.Workers[number].RunFence || bug == LeaseBug.FinishWithoutFence);
        if (counts)
        {
            Finish(ref finished, index);
            var unknown = finished;
            unknown.Workers[number].CommitUnknown = true;
            AddFault(in unknown, new Step(StepActor.Run, "finishes, and its connection breaks before it knows, activation", number, index), next);
        }

        finished.Workers[number].ForgetRun();
        finished.Workers[number].Awake = true;
        if (counts && bug == LeaseBug.OutboxAfterCommit && index == 0)
        {
            var bare = finished;
            bare.Effects = world.Effects;
            AddFault(in bare, new Step(StepActor.Run, "finishes, and fails before its effects are stored, activation", number, index), next);
        }

        next.Add((new Step(StepActor.Run, counts ? "finishes activation" : "is refused the finish of activation", number, index), finished));
    }

    private void Finish(ref World world, int index)
    {
        ref var row = ref world.Activations[index];
        End(ref row, row.CancelAsked ? ActivationPhase.Cancelled : ActivationPhase.Answered);
        row.Messages++;
        if (row.Phase != ActivationPhase.Answered || index != 0)
        {
            return;
        }

        for (var effect = 0; effect < effects; effect++)
        {
            world.Effects[effect].Rows++;
            world.Effects[effect].Phase = EffectPhase.Pending;
        }
    }

    /// <summary>SIGTERM and <c>ActivationQueue.HandBackAsync</c>; then the process ends.</summary>
    private void AddHandBack(in World world, int number, bool holds, List<(Step Step, World World)> next)
    {
        var index = world.Workers[number].Run;
        var handedBack = world;
        Die(ref handedBack.Workers[number]);
        if (holds || bug == LeaseBug.HandBackWithoutFence)
        {
            Requeue(ref handedBack.Activations[index]);
            handedBack.Notify();
        }

        AddFault(in handedBack, new Step(StepActor.Run, "ends in order and hands back activation", number, index), next);
    }

    /// <summary>The model is away: queued again, with <c>not_before</c> ahead.</summary>
    private static void AddDeferral(in World world, int number, ActivationRow row, bool holds, List<(Step Step, World World)> next)
    {
        if (holds && !row.CancelAsked)
        {
            var index = world.Workers[number].Run;
            var deferred = world;
            Requeue(ref deferred.Activations[index]);
            deferred.Activations[index].Deferred = true;
            deferred.Workers[number].ForgetRun();
            deferred.Workers[number].Awake = true;
            AddFault(in deferred, new Step(StepActor.Run, "finds the model away and defers activation", number, index), next);
        }
    }

    private void AddEarlySend(in World world, int number, List<(Step Step, World World)> next)
    {
        if (bug == LeaseBug.SentBeforeCommit && world.Workers[number].Run == 0 && effects > 0 && world.Receipts[0].Deliveries == 0)
        {
            var sent = world;
            sent.Receipts[0].Deliveries++;
            sent.Receipts[0].Keys = 1;
            next.Add((new Step(StepActor.Run, "sends effect", number, 0), sent));
        }
    }

    private static void Requeue(ref ActivationRow row)
    {
        row.Phase = ActivationPhase.Queued;
        row.Leased = false;
    }
}
