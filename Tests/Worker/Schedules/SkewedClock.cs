namespace Platform.Tests.Worker.Schedules;

/// <summary>A clock that is wrong, as a worker's may be. Its timers run as usual.</summary>
internal sealed class SkewedClock(TimeSpan skew) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + skew;
}
