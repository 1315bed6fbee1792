using System.Diagnostics;

namespace Platform.Core.Replays;

/// <summary>Spans of replays.</summary>
public static class ReplayTelemetry
{
    private static readonly ActivitySource Spans = new("Platform.Replays");

    /// <summary>Begins the trace of a replay: one of its own, with a link to the trace of the answer that is replayed.</summary>
    public static Activity? Start(Replay replay)
    {
        Activity.Current = null;
        var span = Spans.StartActivity("replay", ActivityKind.Consumer);
        span?.SetTag("platform.replay.id", replay.Id.ToString());
        span?.SetTag("platform.trace.id", replay.TraceId.ToString());
        if (ActivityContext.TryParse(replay.OriginalTraceParent, null, isRemote: true, out var original))
        {
            span?.AddLink(new ActivityLink(original));
        }

        return span;
    }
}
