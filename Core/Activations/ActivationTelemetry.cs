using System.Diagnostics;
using System.Diagnostics.Metrics;
using Platform.Core.Activations.Queue;
using Platform.Core.Models;
using Platform.Core.Runs;
using Platform.Core.Storage;

namespace Platform.Core.Activations;

/// <summary>Spans and metrics of activations.</summary>
public sealed class ActivationTelemetry : IDisposable
{
    /// <summary>Name of the activity source and of the meter.</summary>
    public const string Name = "Platform.Activations";

    private readonly ActivitySource _spans = new(Name);
    private readonly Counter<long> _completed;
    private readonly Histogram<double> _duration;
    private readonly Histogram<double> _waited;
    private readonly Counter<long> _takenOver;
    private QueueCounts? _counts;
    private volatile bool _wasCounted;

    /// <summary>Creates the instruments.</summary>
    public ActivationTelemetry(IMeterFactory meters)
    {
        var meter = meters.Create(Name);
        _completed = meter.CreateCounter<long>("platform.activations.completed", "{activation}", "Ended activations, by final state.");
        _duration = meter.CreateHistogram<double>("platform.activations.duration", "s", "Duration from claim to end.");
        _waited = meter.CreateHistogram<double>("platform.activations.wait", "s", "Time in the queue until the first claim.");
        _takenOver = meter.CreateCounter<long>("platform.activations.taken_over", "{activation}", "Activations taken over from a worker whose lease expired.");
        meter.CreateObservableGauge("platform.queue.waiting", () => Observe(seen => seen.Waiting), "{activation}", "Queued activations.");
        meter.CreateObservableGauge("platform.queue.running", () => Observe(seen => seen.Running), "{activation}", "Running activations.");
        meter.CreateObservableGauge("platform.queue.deferred", () => Observe(seen => seen.Deferred), "{activation}", "Deferred activations: the model failed, a retry is scheduled.");
        meter.CreateObservableGauge("platform.queue.parked", () => Observe(seen => seen.Parked), "{activation}", "Parked activations, which an operator must retry or mark as failed.");
        meter.CreateObservableGauge("platform.queue.oldest.age", () => Observe(seen => seen.OldestAge.TotalSeconds), "s", "Age of the oldest queued activation, since it could have started.");
    }

    /// <inheritdoc />
    public void Dispose() => _spans.Dispose();

    /// <summary>Counts a claim.</summary>
    public void Claimed(ActivationClaim claim)
    {
        if (claim.Attempt == 1)
        {
            _waited.Record((claim.StartedAt - claim.CreatedAt).TotalSeconds);
        }

        if (claim.Losses > 0)
        {
            _takenOver.Add(1);
        }
    }

    /// <summary>Begins the span of a claim, as a child of the originating request: so each attempt joins the same trace. It is not made current.</summary>
    /// <param name="claim">The claim.</param>
    /// <param name="began">When the claiming began, UTC.</param>
    public Activity? Start(ActivationClaim claim, DateTimeOffset began)
    {
        var current = Activity.Current;
        Activity.Current = null;
        ActivityContext.TryParse(claim.TraceParent, null, isRemote: true, out var parent);
        var span = _spans.StartActivity("activation", ActivityKind.Consumer, parent, startTime: began);
        span?.SetTag("platform.activation.id", claim.Id.ToString());
        span?.SetTag("platform.activation.reason", EnumText.Of(claim.Reason));
        span?.SetTag("platform.activation.attempt", claim.Attempt);
        span?.SetTag(GenAiNames.ConversationId, claim.ChannelId.ToString());
        span?.SetTag(GenAiNames.AgentId, claim.BotId.ToString());
        Activity.Current = current;
        return span;
    }

    /// <summary>Begins a part of an activation.</summary>
    /// <param name="of">The activation's span, or a part of it; null begins nothing.</param>
    /// <param name="name">What is done.</param>
    public Activity? StartPart(Activity? of, string name) => of is null ? null : _spans.StartActivity(name, ActivityKind.Internal, of.Context);

    /// <summary>
    /// Begins work that serves several activations at once: a part of the only one, else a trace of its own with a link to each. Statements for
    /// activations that are not recorded are not recorded either.
    /// </summary>
    /// <param name="leases">The activations.</param>
    /// <param name="name">What is done.</param>
    /// <param name="began">UTC; null begins now.</param>
    public Activity? StartBatch(IReadOnlyList<HeldLease> leases, string name, DateTimeOffset? began = null)
    {
        Activity.Current = null;
        List<ActivityContext> recorded = [.. leases.Select(lease => lease.Span).OfType<Activity>().Where(span => span.Recorded).Select(span => span.Context)];
        return recorded.Count == 0 ? null
            : leases.Count == 1 ? _spans.StartActivity(name, ActivityKind.Internal, recorded[0], startTime: began ?? default)
            : _spans.StartActivity(name, ActivityKind.Consumer, default(ActivityContext), links: recorded.Select(one => new ActivityLink(one)), startTime: began ?? default);
    }

    /// <summary>Records the outcome of the run on the span.</summary>
    public static void Describe(Activity? span, RunRecord record) => span?
        .SetTag(GenAiNames.AgentName, record.Bot.Handle)
        .SetTag("platform.activation.state", EnumText.Of(record.State))
        .SetTag("platform.activation.silent_reason", record.SilentReason)
        .SetTag("platform.trace.id", record.TraceId.ToString())
        .SetTag(GenAiNames.ErrorType, record.Error?.Code)
        .SetStatus(record.Error is null ? ActivityStatusCode.Unset : ActivityStatusCode.Error, record.Error?.Code);

    /// <summary>Counts a run that ended.</summary>
    public void Ended(RunRecord record)
    {
        var state = new KeyValuePair<string, object?>("state", EnumText.Of(record.State));
        _completed.Add(1, state);
        _duration.Record(record.Log.Elapsed.TotalSeconds, state);
    }

    /// <summary>Sets the gauges' values until the next update; null means unknown.</summary>
    public void Observed(QueueCounts? seen)
    {
        _wasCounted |= seen is not null;
        Volatile.Write(ref _counts, seen);
    }

    /// <summary>A gauge keeps its last value unless it explicitly has none.</summary>
    private IEnumerable<Measurement<double>> Observe(Func<QueueCounts, double> value) =>
        Volatile.Read(ref _counts) is { } seen ? [new Measurement<double>(value(seen))]
        : _wasCounted ? [new Measurement<double>(double.NaN)]
        : [];
}
