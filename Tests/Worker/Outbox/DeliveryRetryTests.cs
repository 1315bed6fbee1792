using Platform.Core.Outbox;
using Platform.Worker.Features.Outbox;

namespace Platform.Tests.Worker.Outbox;

public sealed class DeliveryRetryTests
{
    private static readonly OutboxOptions Defaults = new();

    [Fact]
    public void DelayAfter_Defaults_Is2To32SecondsAndThenTheEnd() => Assert.Equal(
        [2, 4, 8, 16, 32, null],
        Enumerable.Range(1, 6).Select(failures => DelayAfter(failures, null)?.TotalSeconds));

    [Fact]
    public void DelayAfter_ReceiverWantsLonger_Waits() =>
        Assert.Equal(TimeSpan.FromSeconds(90), DelayAfter(1, TimeSpan.FromSeconds(90)));

    [Fact]
    public void DelayAfter_ReceiverWantsLess_KeepsThePlan() =>
        Assert.Equal(TimeSpan.FromSeconds(8), DelayAfter(3, TimeSpan.FromSeconds(1)));

    [Fact]
    public void DelayAfter_ReceiverWantsTheYear9999_WaitsTheLongestThatIsHeeded() =>
        Assert.Equal(Defaults.LongestRetryAfter, DelayAfter(1, TimeSpan.MaxValue));

    [Fact]
    public void DelayAfter_LastTry_IsTheEndWhateverTheReceiverWants() =>
        Assert.Null(DelayAfter(6, TimeSpan.FromSeconds(1)));

    [Fact]
    public void DelayAfter_PermanentFailure_IsTheEnd()
    {
        Assert.Null(DeliveryRetry.DelayAfter(Defaults, 1, DeliveryResult.Refused("The receiver answered 400.")));
        Assert.Null(DeliveryRetry.DelayAfter(Defaults, 1, DeliveryResult.Gone("The receiver answered 410.")));
    }

    private static TimeSpan? DelayAfter(int failures, TimeSpan? retryAfter) =>
        DeliveryRetry.DelayAfter(Defaults, failures, DeliveryResult.Failed("The receiver answered 503.", retryAfter));
}
