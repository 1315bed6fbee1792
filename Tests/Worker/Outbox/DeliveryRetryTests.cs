using Platform.Worker.Features.Outbox;

namespace Platform.Tests.Worker.Outbox;

public sealed class DeliveryRetryTests
{
    private static readonly OutboxOptions Defaults = new();

    [Fact]
    public void DelayAfter_Defaults_Is2To32SecondsAndThenTheEnd() => Assert.Equal(
        [2, 4, 8, 16, 32, null],
        Enumerable.Range(1, 6).Select(failures => DeliveryRetry.DelayAfter(Defaults, failures, null)?.TotalSeconds));

    [Fact]
    public void DelayAfter_ReceiverWantsLonger_Waits() =>
        Assert.Equal(TimeSpan.FromSeconds(90), DeliveryRetry.DelayAfter(Defaults, 1, TimeSpan.FromSeconds(90)));

    [Fact]
    public void DelayAfter_ReceiverWantsLess_KeepsThePlan() =>
        Assert.Equal(TimeSpan.FromSeconds(8), DeliveryRetry.DelayAfter(Defaults, 3, TimeSpan.FromSeconds(1)));

    [Fact]
    public void DelayAfter_ReceiverWantsTheYear9999_WaitsTheLongestThatIsHeeded() =>
        Assert.Equal(Defaults.LongestRetryAfter, DeliveryRetry.DelayAfter(Defaults, 1, TimeSpan.MaxValue));

    [Fact]
    public void DelayAfter_LastTry_IsTheEndWhateverTheReceiverWants() =>
        Assert.Null(DeliveryRetry.DelayAfter(Defaults, 6, TimeSpan.FromSeconds(1)));
}
