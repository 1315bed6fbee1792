namespace Platform.Tests.Chaos.Model;

/// <summary>The outbox and its relays.</summary>
internal sealed partial class LeaseModel
{
    /// <summary>A claim's lease runs out, and people requeue dead letters.</summary>
    private void AddOutboxSteps(in World world, int number, List<(Step Step, World World)> next)
    {
        var row = world.Effects[number];
        if (row is { Phase: EffectPhase.Claimed, Leased: true })
        {
            var ended = world;
            ended.Effects[number].Leased = false;
            var kept = false;
            for (var worker = 0; worker < workers; worker++)
            {
                kept |= world.Workers[worker] is { Phase: WorkerPhase.Alive } holder && holder.Send == number && holder.SendFence == row.Fence;
            }

            var step = new Step(StepActor.World, kept ? "a delivery takes too long; the claim ends of effect" : "the claim ends of effect", -1, number);
            Add(in ended, step, isFault: kept, next);
        }

        // DeadLetterStore
        if (row.Phase == EffectPhase.Dead)
        {
            var requeued = world;
            requeued.Effects[number].Phase = EffectPhase.Pending;
            requeued.Effects[number].Failures = 0;
            AddFault(in requeued, new Step(StepActor.World, "somebody requeues the dead letter of effect", -1, number), next);
        }
    }

    /// <summary>Claim, deliver, store how it went.</summary>
    private void AddRelaySteps(in World world, int number, List<(Step Step, World World)> next)
    {
        var worker = world.Workers[number];
        if (worker.IsFreeToSend)
        {
            for (var row = 0; row < effects; row++)
            {
                AddOutboxClaim(in world, number, row, next);
            }
        }
        else if (worker.Phase == WorkerPhase.Alive)
        {
            switch (worker.SendPhase)
            {
                case SendPhase.Claimed:
                    AddDelivery(in world, number, next);
                    break;
                default:
                    AddStoredDelivery(in world, number, next);
                    break;
            }
        }
    }

    /// <summary><c>OutboxQueue.ClaimAsync</c></summary>
    private void AddOutboxClaim(in World world, int number, int row, List<(Step Step, World World)> next)
    {
        var effect = world.Effects[row];
        var ranOut = effect is { Phase: EffectPhase.Claimed, Leased: false };
        if (effect.Phase != EffectPhase.Pending && !ranOut && !(bug == LeaseBug.OutboxClaimIgnoresLease && effect.Phase == EffectPhase.Claimed))
        {
            return;
        }

        var claimed = world;
        ref var taken = ref claimed.Effects[row];
        taken.Phase = EffectPhase.Claimed;
        taken.Leased = true;
        taken.Fence++;
        taken.Claims++;
        claimed.Receipts[row].Windows += (byte)(ranOut ? 1 : 0);
        ref var worker = ref claimed.Workers[number];
        worker.Send = (byte)row;
        worker.SendFence = taken.Fence;
        worker.SendClaim = taken.Claims;
        next.Add((new Step(StepActor.Relay, "claims effect", number, row), claimed));
    }

    /// <summary><c>IEffectSender.SendAsync</c></summary>
    private void AddDelivery(in World world, int number, List<(Step Step, World World)> next)
    {
        var row = world.Workers[number].Send;
        var refused = world;
        refused.Workers[number].SendPhase = SendPhase.Refused;
        AddFault(in refused, new Step(StepActor.Relay, "is refused by the receiver with effect", number, row), next);

        var delivered = world;
        ref var receipt = ref delivered.Receipts[row];
        receipt.Deliveries++;
        receipt.Keys = bug == LeaseBug.KeyPerTry ? receipt.Deliveries : (byte)1;
        var unheard = delivered;
        delivered.Workers[number].SendPhase = SendPhase.Accepted;
        next.Add((new Step(StepActor.Relay, "delivers effect", number, row), delivered));

        unheard.Receipts[row].Windows++;
        unheard.Workers[number].SendPhase = SendPhase.Refused;
        AddFault(in unheard, new Step(StepActor.Relay, "delivers, and hears no answer about, effect", number, row), next);
    }

    /// <summary><c>DeliveryRecorder</c>: <c>DeliveredAsync</c>, <c>RetryAsync</c> or <c>DeadLetterAsync</c>.</summary>
    private void AddStoredDelivery(in World world, int number, List<(Step Step, World World)> next)
    {
        var worker = world.Workers[number];
        var stored = world;
        ref var row = ref stored.Effects[worker.Send];
        var counts = (row.Phase == EffectPhase.Claimed && row.Fence == worker.SendFence) || bug == LeaseBug.OutboxAckWithoutFence;
        if (counts)
        {
            row.Leased = false;
            row.Failures += (byte)(worker.SendPhase == SendPhase.Refused ? 1 : 0);
            row.Phase = worker.SendPhase == SendPhase.Accepted ? EffectPhase.Delivered
                : bug == LeaseBug.RefusedForgotten ? EffectPhase.Absent
                : row.Failures >= MaxFailures ? EffectPhase.Dead
                : EffectPhase.Pending;
        }

        stored.Workers[number].ForgetSend();
        var what = counts ? worker.SendPhase == SendPhase.Accepted ? "notes as delivered effect" : "notes as refused effect" : "is too late to note effect";
        next.Add((new Step(StepActor.Relay, what, number, worker.Send), stored));
    }
}
