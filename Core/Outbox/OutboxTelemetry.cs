using System.Diagnostics;
using System.Diagnostics.Metrics;
using Platform.Core.Storage;

namespace Platform.Core.Outbox;

/// <summary>Spans and metrics of deliveries.</summary>
public sealed class OutboxTelemetry : IDisposable
{
    /// <summary>Name of the activity source and of the meter.</summary>
    public const string Name = "Platform.Outbox";

    private readonly ActivitySource _spans = new(Name);
    private readonly Counter<long> _deliveries;
    private readonly Histogram<double> _duration;
    private OutboxCounts? _counts;

    /// <summary>Creates the instruments.</summary>
    public OutboxTelemetry(IMeterFactory meters)
    {
        var meter = meters.Create(Name);
        _deliveries = meter.CreateCounter<long>("platform.outbox.deliveries", "{delivery}", "Delivery attempts, by kind and outcome: delivered, retried, dead or lost.");
        _duration = meter.CreateHistogram<double>("platform.outbox.delivery.duration", "s", "Duration of one delivery attempt, by kind and outcome.");
        meter.CreateObservableGauge("platform.outbox.waiting", () => Observe(seen => seen.Waiting + seen.Retrying), "{effect}", "Pending deliveries.");
        meter.CreateObservableGauge("platform.outbox.oldest.age", () => Observe(seen => seen.OldestAge.TotalSeconds), "s", "Age of the oldest pending delivery.");
        meter.CreateObservableGauge("platform.outbox.dead_letters", () => Observe(seen => seen.Dead), "{effect}", "Dead letters.");
    }

    /// <inheritdoc />
    public void Dispose() => _spans.Dispose();

    /// <summary>Begins the span of a try, in the trace of the answer that wanted it.</summary>
    public Activity? Start(EffectClaim claim)
    {
        Activity.Current = null;
        ActivityContext.TryParse(claim.TraceParent, null, isRemote: true, out var parent);
        var span = _spans.StartActivity("deliver effect", ActivityKind.Consumer, parent);
        span?.SetTag("platform.effect.id", claim.Id.ToString());
        span?.SetTag("platform.effect.kind", EnumText.Of(claim.Kind));
        span?.SetTag("platform.effect.attempt", claim.Attempt + 1);
        return span;
    }

    /// <summary>Counts a try that ended.</summary>
    /// <param name="claim">What was tried.</param>
    /// <param name="outcome"><c>delivered</c>, <c>retried</c>, <c>dead</c> or <c>lost</c>.</param>
    /// <param name="taken">Its duration.</param>
    public void Ended(EffectClaim claim, string outcome, TimeSpan taken)
    {
        var tags = new TagList { { "kind", EnumText.Of(claim.Kind) }, { "outcome", outcome } };
        _deliveries.Add(1, tags);
        _duration.Record(taken.TotalSeconds, tags);
    }

    /// <summary>Sets the gauges' values until the next update; null shows nothing.</summary>
    public void Observed(OutboxCounts? seen) => Volatile.Write(ref _counts, seen);

    private IEnumerable<Measurement<T>> Observe<T>(Func<OutboxCounts, T> value)
        where T : struct => Volatile.Read(ref _counts) is { } seen ? [new Measurement<T>(value(seen))] : [];
}
