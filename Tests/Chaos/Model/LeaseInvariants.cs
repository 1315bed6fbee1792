using static Platform.Tests.Chaos.Model.WorkerMemory;

namespace Platform.Tests.Chaos.Model;

/// <summary>What the platform promises about activations and effects.</summary>
internal static class LeaseInvariants
{
    public static readonly Invariant<World> EndsOnce = OfRows(
        "an activation ends at most once", (_, row) => row.Ends <= 1);

    public static readonly Invariant<World> OneMessage = OfRows(
        "an activation writes at most one message", (_, row) => row.Messages <= 1);

    public static readonly Invariant<World> EndedStaysEnded = OfRows(
        "an activation that ended never runs again", (before, row) => !before.HasEnded || row.HasEnded);

    public static readonly Invariant<World> OneRunning = new(
        "at most one activation of a bot runs in a channel",
        (in before, step, in after) => after.Activations[0].Phase != ActivationPhase.Running || after.Activations[1].Phase != ActivationPhase.Running);

    public static readonly Invariant<World> InOrder = new(
        "activations of a channel run in the order asked, but for those set aside",
        (in before, step, in after) => after.Activations[1].Phase != ActivationPhase.Running
            || before.Activations[1].Phase == ActivationPhase.Running
            || after.Activations[0] is { HasEnded: true } or { Phase: ActivationPhase.Parked });

    public static readonly Invariant<World> NobodyRobbed = new(
        "an activation whose lease holds is not taken over",
        (in before, step, in after) => step is not { Actor: StepActor.Run, Row: >= 0 and var row }
            || row >= LeaseModel.MaxActivations
            || before.Activations[row] is not { Phase: ActivationPhase.Running, Leased: true }
            || after.Activations[row].Claims == before.Activations[row].Claims);

    public static readonly Invariant<World> StaleRunChangesNothing = new(
        "a worker that lost its claim changes nothing", StaleRunChangedNothing);

    public static readonly Invariant<World> StaleRelayChangesNothing = new(
        "a relay that lost its claim changes nothing in the outbox", StaleRelayChangedNothing);

    public static readonly Invariant<World> EffectsReachOutbox = new(
        "the effects of an answered activation are in the outbox exactly once, of any other never",
        (in before, step, in after) => HoldsForEffects(in after, (world, number) =>
            world.Effects[number].Rows == (world.Activations[0].Phase == ActivationPhase.Answered ? 1 : 0)));

    public static readonly Invariant<World> NothingSentEarly = new(
        "the receiver sees nothing of an activation before it is answered",
        (in before, step, in after) => HoldsForEffects(in after, (world, number) =>
            world.Receipts[number].Deliveries == 0 || world.Activations[0].Phase == ActivationPhase.Answered));

    public static readonly Invariant<World> SeenOnce = new(
        "a receiver that dedupes acts upon an effect at most once",
        (in before, step, in after) => HoldsForEffects(in after, (world, number) => world.Receipts[number].Keys <= 1));

    public static readonly Invariant<World> DuplicatesInWindow = new(
        "an effect is delivered again only after a claim ran out or an answer was lost",
        (in before, step, in after) => HoldsForEffects(in after, (world, number) =>
            world.Receipts[number].Deliveries <= 1 + world.Receipts[number].Windows));

    public static readonly Invariant<World> DeliveredStaysDelivered = new(
        "what is noted as delivered was delivered, and stays so",
        (in before, step, in after) =>
        {
            for (var number = 0; number < after.EffectCount; number++)
            {
                if ((before.Effects[number].Phase == EffectPhase.Delivered && after.Effects[number].Phase != EffectPhase.Delivered)
                    || (after.Effects[number].Phase == EffectPhase.Delivered && after.Receipts[number].Deliveries == 0))
                {
                    return false;
                }
            }

            return true;
        });

    public static IReadOnlyList<Invariant<World>> All { get; } =
    [
        EndsOnce, OneMessage, EndedStaysEnded, OneRunning, InOrder, NobodyRobbed, StaleRunChangesNothing, StaleRelayChangesNothing,
        EffectsReachOutbox, NothingSentEarly, SeenOnce, DuplicatesInWindow, DeliveredStaysDelivered,
    ];

    private static Invariant<World> OfRows(string name, Func<ActivationRow, ActivationRow, bool> holds) => new(
        name,
        (in before, step, in after) =>
        {
            for (var number = 0; number < LeaseModel.MaxActivations; number++)
            {
                if (!holds(before.Activations[number], after.Activations[number]))
                {
                    return false;
                }
            }

            return true;
        });

    private static bool HoldsForEffects(in World after, Func<World, int, bool> holds)
    {
        for (var number = 0; number < after.EffectCount; number++)
        {
            if (!holds(after, number))
            {
                return false;
            }
        }

        return true;
    }

    private static bool StaleRunChangedNothing(in World before, Step step, in World after)
    {
        if (step.Actor != StepActor.Run)
        {
            return true;
        }

        var worker = before.Workers[step.Worker];
        return worker.Run == Nothing
            || before.Activations[worker.Run].Claims == worker.RunClaim
            || (Same(before.Activations, after.Activations) && Same(before.Effects, after.Effects));
    }

    private static bool StaleRelayChangedNothing(in World before, Step step, in World after)
    {
        if (step.Actor != StepActor.Relay)
        {
            return true;
        }

        var worker = before.Workers[step.Worker];
        return worker.Send == Nothing
            || before.Effects[worker.Send].Claims == worker.SendClaim
            || Same(before.Effects, after.Effects);
    }

    private static bool Same<T>(in T before, in T after)
        where T : unmanaged => new BytesComparer<T>().Equals(before, after);
}
