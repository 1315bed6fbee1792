namespace Platform.Tests.Chaos.History;

/// <summary>The check must be able to fail.</summary>
[Trait("Category", "Chaos")]
public sealed class HistoryCheckTests
{
    private static readonly Guid Conversation = Guid.CreateVersion7();
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Problems_EverythingOnce_AreNone() => Assert.Empty(HistoryCheck.Problems(Sound()));

    [Fact]
    public void Problems_AcknowledgedAndGone_AreFound() =>
        AssertFound("is lost", Sound() with { Activations = [.. Sound().Activations.Take(1)], Followed = new Dictionary<Guid, IReadOnlyList<long>>() });

    [Theory]
    [InlineData("queued")]
    [InlineData("running")]
    [InlineData("parked")]
    public void Problems_NeverEnded_AreFound(string state) => AssertFound("has not ended", Changed(one => one with { State = state }));

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void Problems_NotOneTrace_AreFound(int traces) => AssertFound($"has {traces} traces", Changed(one => one with { Traces = traces }));

    [Fact]
    public void Problems_AnsweredTwice_AreFound() => AssertFound("2 messages", Changed(one => one with { AnswerSequences = [2, 3] }));

    [Fact]
    public void Problems_AnsweredWithoutMessage_AreFound() => AssertFound("0 messages", Changed(one => one with { AnswerSequences = [] }));

    [Fact]
    public void Problems_StaleFinish_AreFound() => AssertFound("not its newest", Changed(one => one with { EndedByNewestClaim = false }));

    [Fact]
    public void Problems_LeaseLeft_AreFound() => AssertFound("still leased", Changed(one => one with { IsLeased = true }));

    [Fact]
    public void Problems_SecondAnsweredFirst_AreFound()
    {
        var sound = Sound();
        AssertFound("out of order", sound with
        {
            Activations = [sound.Activations[0] with { AnswerSequences = [4] }, sound.Activations[1] with { AnswerSequences = [2] }],
        });
    }

    [Theory]
    [InlineData(2)]
    [InlineData(2, 2, 4)]
    [InlineData(4, 2)]
    public void Problems_FollowerSawOtherwise_AreFound(params int[] seen) => AssertFound(
        "its follower saw", Sound() with { Followed = new Dictionary<Guid, IReadOnlyList<long>> { [Conversation] = [.. seen.Select(one => (long)one)] } });

    [Fact]
    public void Problems_EffectNeverDelivered_AreFound() => AssertFound("never delivered", Sound() with { Deliveries = [] });

    [Fact]
    public void Problems_EffectTwiceWithoutCause_AreFound() => AssertFound("2 times", Delivered(0, 1));

    [Fact]
    public void Problems_EffectTwiceLongAfterTheDisturbance_AreFound() =>
        AssertFound("2 times", Delivered(120, 121) with { Disturbances = [new Disturbance(Noon, Noon)] });

    [Fact]
    public void Problems_EffectTwiceInTheWindow_AreNone() =>
        Assert.Empty(HistoryCheck.Problems(Delivered(0, 5) with { Disturbances = [new Disturbance(Noon, Noon.AddSeconds(1))] }));

    [Fact]
    public void Problems_EffectThriceInOneWindow_AreFound() =>
        AssertFound("3 times", Delivered(0, 5, 6) with { Disturbances = [new Disturbance(Noon, Noon.AddSeconds(1))] });

    [Fact]
    public void Problems_KeyOfEachTry_AreFound() => AssertFound("2 dedupe keys", Sound() with
    {
        Deliveries = [new EffectDelivery("try 1", "effect", Noon), new EffectDelivery("try 2", "effect", Noon)],
        Disturbances = [new Disturbance(Noon, Noon)],
    });

    private static void AssertFound(string expected, ChaosHistory history) =>
        Assert.Contains(HistoryCheck.Problems(history), problem => problem.Contains(expected, StringComparison.Ordinal));

    private static ChaosHistory Delivered(params int[] seconds) =>
        Sound() with { Deliveries = [.. seconds.Select(second => new EffectDelivery("key", "effect", Noon.AddSeconds(second)))] };

    private static ChaosHistory Changed(Func<StoredActivation, StoredActivation> change)
    {
        var sound = Sound();
        return sound with { Activations = [change(sound.Activations[0]), sound.Activations[1]] };
    }

    private static ChaosHistory Sound()
    {
        var first = Guid.CreateVersion7();
        var second = Guid.CreateVersion7();
        return new ChaosHistory
        {
            Posts = [new AcknowledgedPost(Conversation, first, 1), new AcknowledgedPost(Conversation, second, 3)],
            Activations = [Answered(first, 1, 2), Answered(second, 3, 4)],
            Followed = new Dictionary<Guid, IReadOnlyList<long>> { [Conversation] = [2, 4] },
            Effects = ["effect"],
            Deliveries = [new EffectDelivery("key", "effect", Noon)],
        };
    }

    private static StoredActivation Answered(Guid id, long trigger, long answer) =>
        new(id, Conversation, trigger, "answered", 1, [answer], EndedByNewestClaim: true, IsLeased: false);
}
