using Platform.Contracts.Outbox;
using Platform.Core.Outbox;
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

    [Theory]
    [InlineData(true, true, 0, 2.0, false)]
    [InlineData(true, true, 5, 2.0, false)] // A receiver that is down makes no dead letters.
    [InlineData(true, false, 0, 2.0, true)]
    [InlineData(true, false, 5, null, false)] // It answers and fails: the delivery may be the reason.
    [InlineData(false, true, 5, null, false)]
    public void Next_ReceiverIsPaused_CountsOnlyAttemptsThatReachedIt(bool isProbe, bool isUnreachable, int attempt, double? delaySeconds, bool counts)
    {
        var claim = new EffectClaim(Guid.NewGuid(), "home", EffectKind.Webhook, "t", "k", null, "{}", null, null, attempt, 1, default, isProbe);
        var result = isUnreachable ? DeliveryResult.Unreachable("Connection refused") : DeliveryResult.Failed("HTTP 500.");

        var next = DeliveryRetry.Next(Defaults, claim, result);

        Assert.Equal((delaySeconds, counts), (next?.Delay.TotalSeconds, next?.Counts ?? false));
    }

    [Fact]
    public void Next_PermanentFailure_IsTheEnd()
    {
        var claim = new EffectClaim(Guid.NewGuid(), "home", EffectKind.Webhook, "t", "k", null, "{}", null, null, 0, 1, default, IsProbe: true);

        Assert.Null(DeliveryRetry.Next(Defaults, claim, DeliveryResult.Refused("The receiver answered 400.")));
        Assert.Null(DeliveryRetry.Next(Defaults, claim, DeliveryResult.Gone("The receiver answered 410.")));
    }
}
