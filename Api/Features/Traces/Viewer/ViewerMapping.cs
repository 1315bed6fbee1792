using System.Globalization;
using Platform.Contracts.Traces.Viewer;
using Platform.Core.Storage;
using Platform.Core.Traces;
using Platform.Core.Traces.Viewer;

namespace Platform.Api.Features.Traces.Viewer;

internal static class ViewerMapping
{
    public static ViewerTraceEntry ToEntry(this Trace trace) => new(
        trace.SourceTraceId,
        Instant(trace.StartedAt),
        trace.ChannelId,
        trace.TriggerMessageId,
        trace.Bot,
        trace.ChannelName,
        EnumText.Of(trace.Reason),
        trace.TriggerPreview,
        trace.ResponsePreview,
        trace.IsThread,
        trace.ParentChannelId,
        ViewerTraces.Succeeded(trace),
        trace.DurationMs,
        trace.LlmCallCount,
        trace.ToolExecutionCount,
        trace.TokensIn + trace.TokensOut);

    public static ViewerSearchResult ToResult(this ViewerHit hit) => new(
        hit.Trace.SourceTraceId,
        Instant(hit.Trace.StartedAt),
        EnumText.Of(hit.Role),
        hit.Role is TraceMessageRole.Context ? hit.Position : null,
        ViewerTraces.Succeeded(hit.Trace),
        hit.Role is TraceMessageRole.Context ? null : hit.Trace.ResponsePreview,
        hit.Trace.Bot,
        hit.Trace.ChannelName);

    private static string Instant(DateTimeOffset instant) =>
        instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
