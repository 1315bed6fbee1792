using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Platform.Core.Access;

namespace Platform.Tests.Core.Access;

public sealed class KeyAttemptsTests
{
    private static readonly IPAddress Home = IPAddress.Parse("192.0.2.7");
    private static readonly IPAddress Elsewhere = IPAddress.Parse("198.51.100.9");

    private readonly ManualClock _clock = new();
    private readonly KeyAttempts _attempts;

    public KeyAttemptsTests() => _attempts = new KeyAttempts(Options.Create(new AccessOptions()), _clock, NullLogger<KeyAttempts>.Instance);

    [Fact]
    public void Wrong_SixthInARow_WaitsAndThenTwiceAsLongUpToFiveMinutes()
    {
        Wrong(Home, 5);
        Assert.Null(_attempts.WaitOf(Home));

        List<double> waits = [];
        for (var attempt = 0; attempt < 11; attempt++)
        {
            _attempts.Wrong(Home);
            var wait = Assert.NotNull(_attempts.WaitOf(Home));
            waits.Add(wait.TotalSeconds);
            _clock.Advance(wait);
            Assert.Null(_attempts.WaitOf(Home));
        }

        Assert.Equal([1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300], waits);
    }

    [Fact]
    public void Wrong_OneAddress_OthersNeedNotWait()
    {
        Wrong(Home, 20);

        Assert.NotNull(_attempts.WaitOf(Home));
        Assert.Null(_attempts.WaitOf(Elsewhere));
    }

    [Fact]
    public void Wrong_OneNetworkOfIPv6_CountsTogether()
    {
        for (var host = 1; host <= 6; host++)
        {
            _attempts.Wrong(IPAddress.Parse($"2001:db8:1:2::{host}"));
        }

        Assert.NotNull(_attempts.WaitOf(IPAddress.Parse("2001:db8:1:2:ffff::1")));
        Assert.Null(_attempts.WaitOf(IPAddress.Parse("2001:db8:1:3::1")));
    }

    [Fact]
    public void Wrong_MappedIPv4_IsThatAddress()
    {
        Wrong(Home, 6);

        Assert.NotNull(_attempts.WaitOf(Home.MapToIPv6()));
    }

    [Fact]
    public void Right_AfterWrongOnes_BeginsAnew()
    {
        Wrong(Home, 5);

        _attempts.Right(Home);
        Wrong(Home, 5);

        Assert.Null(_attempts.WaitOf(Home));
    }

    [Fact]
    public void Wrong_QuarterOfAnHourAgo_IsForgotten()
    {
        Wrong(Home, 5);
        _clock.Advance(TimeSpan.FromMinutes(15.1));

        _attempts.Wrong(Home);

        Assert.Null(_attempts.WaitOf(Home));
    }

    [Fact]
    public void Wrong_ManyAddresses_AllWaitButThoseKnown()
    {
        _attempts.Right(Home);

        for (var host = 0; host < 80; host++)
        {
            _attempts.Wrong(new IPAddress([203, 0, 113, (byte)host]));
        }

        Assert.InRange(Assert.NotNull(_attempts.WaitOf(Elsewhere)), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30));
        Assert.Null(_attempts.WaitOf(Home));
    }

    [Fact]
    public void Wrong_FirstThatMakesItWait_IsReportedAtOnce()
    {
        Wrong(Home, 5);

        Assert.Equal(new BlockedAddress("192.0.2.7", 6, TimeSpan.FromSeconds(1)), _attempts.Wrong(Home));
        Assert.Null(_attempts.Wrong(Home));
    }

    [Fact]
    public void Wrong_AThousandTimes_IsReportedNowAndThen()
    {
        List<BlockedAddress> reported = [];
        for (var attempt = 0; attempt < 1000; attempt++)
        {
            reported.AddRange(_attempts.Wrong(Home) is { } blocked ? [blocked] : []);
            _clock.Advance(TimeSpan.FromMilliseconds(100));
        }

        Assert.InRange(reported.Count, 5, 11);
        Assert.All(reported, blocked => Assert.Equal("192.0.2.7", blocked.Address));
    }

    private void Wrong(IPAddress address, int times)
    {
        for (var attempt = 0; attempt < times; attempt++)
        {
            _attempts.Wrong(address);
        }
    }

    private sealed class ManualClock : TimeProvider
    {
        private DateTimeOffset _now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => _now;

        public void Advance(TimeSpan time) => _now += time;
    }
}
