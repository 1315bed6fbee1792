using System.Diagnostics;
using OpenTelemetry.Trace;

namespace Platform.ServiceDefaults.Telemetry;

/// <summary>
/// Decides about spans without a parent. A request that came in and work taken from a queue are recorded; a statement or a call that nobody requested
/// for is not: a poll, a heartbeat, a lease, a claim that found nothing. Work for several traces is recorded when one of them is.
/// </summary>
internal sealed class RequestedWork : Sampler
{
    public override SamplingResult ShouldSample(in SamplingParameters samplingParameters)
    {
        var isRequested = samplingParameters.Kind is ActivityKind.Server or ActivityKind.Consumer or ActivityKind.Producer;
        var links = samplingParameters.Links?.ToList() ?? [];
        return new SamplingResult(isRequested && (links.Count == 0 || links.Exists(link => link.Context.TraceFlags.HasFlag(ActivityTraceFlags.Recorded)))
            ? SamplingDecision.RecordAndSample
            : SamplingDecision.Drop);
    }
}
