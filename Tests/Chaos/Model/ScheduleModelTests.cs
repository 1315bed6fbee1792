namespace Platform.Tests.Chaos.Model;

[Trait("Category", "Chaos")]
public sealed class ScheduleModelTests(ITestOutputHelper output)
{
    /// <summary>Each mistake and the promise that it breaks; every promise is broken by one at least.</summary>
    public static TheoryData<string, string> Bugs { get; } = new(Caught.Select(pair => (pair.Bug.ToString(), pair.Invariant)));

    private static IEnumerable<(ScheduleBug Bug, string Invariant)> Caught =>
    [
        (ScheduleBug.ClaimWithoutFence, ScheduleInvariants.StaleLeaderChangesNothing.Name),
        (ScheduleBug.LeadershipStolen, ScheduleInvariants.NoLeaderRobbed.Name),
        (ScheduleBug.DueTimeKept, ScheduleInvariants.NoRunTooMany.Name),
        (ScheduleBug.ClaimWhileOpen, ScheduleInvariants.OneOpen.Name),
        (ScheduleBug.BeginWithoutState, ScheduleInvariants.BegunByOne.Name),
        (ScheduleBug.FinishWithoutFence, ScheduleInvariants.EndsOnce.Name),
        (ScheduleBug.FinishWithoutFence, ScheduleInvariants.StaleRunChangesNothing.Name),
        (ScheduleBug.NoAttemptLimit, ScheduleInvariants.AttemptsBounded.Name),
        (ScheduleBug.NoReturn, Explorer<ScheduleWorld>.NothingStuck),
        (ScheduleBug.HandedOnce, Explorer<ScheduleWorld>.NothingStuck),
    ];

    [Theory]
    [InlineData(2, 2, 2)]
    [InlineData(3, 1, 2)]
    public void Run_AsBuilt_EveryStateKeepsEveryPromise(int workers, int dueTimes, int faults)
    {
        var model = new ScheduleModel(workers, dueTimes, faults);

        var exploration = new Explorer<ScheduleWorld>(model).Run(ScheduleInvariants.All, checkStuck: true);

        output.WriteLine($"{workers} workers, {dueTimes} due times, {faults} faults: {exploration}");
        Assert.True(exploration.Broken is null, exploration.ToString());
    }

    [Theory]
    [MemberData(nameof(Bugs))]
    public void Run_WithBug_IsCaughtWithAShortTrace(string bug, string invariant)
    {
        var model = new ScheduleModel(workers: 2, dueTimes: 2, faults: 2, Enum.Parse<ScheduleBug>(bug));

        var exploration = new Explorer<ScheduleWorld>(model).Run(
            [.. ScheduleInvariants.All.Where(one => one.Name == invariant)], checkStuck: invariant == Explorer<ScheduleWorld>.NothingStuck);

        output.WriteLine($"{bug}. {exploration}");
        Assert.Equal(invariant, exploration.Broken);
        Assert.InRange(exploration.Trace.Count, 1, 20);
    }

    [Fact]
    public void Bugs_Listed_BreakEveryPromiseAndLeaveNoBugOut()
    {
        Assert.Equal(
            ScheduleInvariants.All.Select(one => one.Name).Append(Explorer<ScheduleWorld>.NothingStuck).Order(StringComparer.Ordinal),
            Caught.Select(pair => pair.Invariant).Distinct().Order(StringComparer.Ordinal));
        Assert.Equal(Enum.GetValues<ScheduleBug>().Except([ScheduleBug.None]), Caught.Select(pair => pair.Bug).Distinct().Order());
    }
}
