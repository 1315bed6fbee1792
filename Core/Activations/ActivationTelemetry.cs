using System.Diagnostics;
using System.Diagnostics.Metrics;
using Platform.Core.Storage;

namespace Platform.Core.Activations;

/// <summary>Spans and metrics of activations.</summary>
public sealed class ActivationTelemetry : IDisposable
{
    /// <summary>Name of the activity source and of the meter.</summary>
    public const string Name = "Platform.Activations";

    private readonly ActivitySource spans = new(Name);
    private readonly Counter<long> completed;
    private readonly Histogram<double> duration;
    private readonly Histogram<double> waited;
    private readonly Counter<long> takenOver;

    /// <summary>Creates the instruments.</summary>
    public ActivationTelemetry(IMeterFactory meters)
    {
        var meter = meters.Create(Name);
        completed = meter.CreateCounter<long>("platform.activations.completed", "{activation}", "Activations that ended, by final state.");
        duration = meter.CreateHistogram<double>("platform.activations.duration", "s", "From claim to end.");
        waited = meter.CreateHistogram<double>("platform.activations.wait", "s", "From being queued to the first claim.");
        takenOver = meter.CreateCounter<long>("platform.activations.taken_over", "{activation}", "Activations taken over from a worker whose lease ran out.");
    }

    /// <inheritdoc />
    public void Dispose() => spans.Dispose();

    /// <summary>Counts a claim.</summary>
    public void Claimed(ActivationClaim claim)
    {
        if (claim.Attempt == 1)
        {
            waited.Record((claim.StartedAt - claim.CreatedAt).TotalSeconds);
        }

        if (claim.Losses > 0)
        {
            takenOver.Add(1);
        }
    }

    /// <summary>Begins the span of a run, as a child of the request that asked.</summary>
    public Activity? Start(ActivationClaim claim)
    {
        ActivityContext.TryParse(claim.TraceParent, null, isRemote: true, out var parent);
        var span = spans.StartActivity("activation", ActivityKind.Consumer, parent);
        span?.SetTag("platform.activation.id", claim.Id);
        span?.SetTag("platform.activation.attempt", claim.Attempt);
        return span;
    }

    /// <summary>Counts a run that ended.</summary>
    public void Ended(ActivationRecord record)
    {
        var state = new KeyValuePair<string, object?>("state", EnumText.Of(record.State));
        completed.Add(1, state);
        duration.Record(record.Log.Elapsed.TotalSeconds, state);
    }
}
