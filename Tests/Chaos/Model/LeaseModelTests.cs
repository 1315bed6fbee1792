namespace Platform.Tests.Chaos.Model;

[Trait("Category", "Chaos")]
public sealed class LeaseModelTests(ITestOutputHelper output)
{
    /// <summary>Each mistake and the promise that it breaks; every promise is broken by one at least.</summary>
    public static TheoryData<string, string> Bugs { get; } = new(Caught.Select(pair => (pair.Bug.ToString(), pair.Invariant)));

    private static IEnumerable<(LeaseBug Bug, string Invariant)> Caught =>
    [
        (LeaseBug.FinishWithoutFence, LeaseInvariants.EndsOnce.Name),
        (LeaseBug.FinishWithoutFence, LeaseInvariants.StaleRunChangesNothing.Name),
        (LeaseBug.FinishWithoutState, LeaseInvariants.OneMessage.Name),
        (LeaseBug.FinishWithoutState, LeaseInvariants.EffectsReachOutbox.Name),
        (LeaseBug.FenceNotRaised, LeaseInvariants.StaleRunChangesNothing.Name),
        (LeaseBug.HeartbeatWithoutFence, LeaseInvariants.StaleRunChangesNothing.Name),
        (LeaseBug.HandBackWithoutFence, LeaseInvariants.EndedStaysEnded.Name),
        (LeaseBug.TakeoverBeforeExpiry, LeaseInvariants.NobodyRobbed.Name),
        (LeaseBug.ClaimWithoutChannelCheck, LeaseInvariants.OneRunning.Name),
        (LeaseBug.ClaimOutOfOrder, LeaseInvariants.InOrder.Name),
        (LeaseBug.NoPoll, Explorer<World>.NothingStuck),
        (LeaseBug.NoSweep, Explorer<World>.NothingStuck),
        (LeaseBug.OutboxAfterCommit, LeaseInvariants.EffectsReachOutbox.Name),
        (LeaseBug.SentBeforeCommit, LeaseInvariants.NothingSentEarly.Name),
        (LeaseBug.OutboxClaimIgnoresLease, LeaseInvariants.DuplicatesInWindow.Name),
        (LeaseBug.OutboxAckWithoutFence, LeaseInvariants.StaleRelayChangesNothing.Name),
        (LeaseBug.OutboxAckWithoutFence, LeaseInvariants.DeliveredStaysDelivered.Name),
        (LeaseBug.KeyPerTry, LeaseInvariants.SeenOnce.Name),
        (LeaseBug.RefusedForgotten, Explorer<World>.NothingStuck),
    ];

    [Theory]
    [InlineData(2, 1, 2, 2)]
    [InlineData(2, 1, 1, 3)]
    [InlineData(2, 2, 1, 2)]
    [InlineData(3, 1, 1, 2)]
    public void Run_AsBuilt_EveryStateKeepsEveryPromise(int workers, int activations, int effects, int faults)
    {
        var model = new LeaseModel(workers, activations, effects, faults);

        var exploration = new Explorer<World>(model).Run(LeaseInvariants.All, checkStuck: true);

        output.WriteLine($"{workers} workers, {activations} activations, {effects} effects, {faults} faults: {exploration}");
        Assert.True(exploration.Broken is null, exploration.ToString());
    }

    [Theory]
    [MemberData(nameof(Bugs))]
    public void Run_WithBug_IsCaughtWithAShortTrace(string bug, string invariant)
    {
        var checkStuck = invariant == Explorer<World>.NothingStuck;
        var model = new LeaseModel(workers: 2, activations: checkStuck ? 1 : 2, effects: 1, faults: 2, Enum.Parse<LeaseBug>(bug));

        var exploration = new Explorer<World>(model).Run([.. LeaseInvariants.All.Where(one => one.Name == invariant)], checkStuck);

        output.WriteLine($"{bug}. {exploration}");
        Assert.Equal(invariant, exploration.Broken);
        Assert.InRange(exploration.Trace.Count, 1, 20);
    }

    [Fact]
    public void Bugs_Listed_BreakEveryPromiseAndLeaveNoBugOut()
    {
        Assert.Equal(
            LeaseInvariants.All.Select(one => one.Name).Append(Explorer<World>.NothingStuck).Order(StringComparer.Ordinal),
            Caught.Select(pair => pair.Invariant).Distinct().Order(StringComparer.Ordinal));
        Assert.Equal(Enum.GetValues<LeaseBug>().Except([LeaseBug.None]), Caught.Select(pair => pair.Bug).Distinct().Order());
    }
}
