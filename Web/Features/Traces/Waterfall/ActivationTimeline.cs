using Platform.Contracts.Traces;
using Platform.Contracts.Traces.Document;
using Platform.Web.Components;

namespace Platform.Web.Features.Traces.Waterfall;

/// <summary>Timeline of an activation: queue, decision, context, model calls, tool calls and deliveries.</summary>
public sealed class ActivationTimeline
{
    private const int MaxTicks = 240;

    private readonly TraceDetail _trace;
    private readonly TraceDocument? _document;
    private readonly List<WaterfallRow> _rows = [];

    private ActivationTimeline(TraceDetail trace, TraceDocument? document)
    {
        this._trace = trace;
        this._document = document;
        AddBegin();
        AddCalls();
        AddEnd();
        FromMs = Math.Min(0, _rows.Min(row => row.StartMs) ?? 0);
        ToMs = Math.Max(FromMs + 1, _rows.Where(row => row.Kind is not ("tool" or "send")).Select(EndOf).Append(trace.Summary.DurationMs ?? 0).Max());
        Ticks = [.. (document?.Logs ?? []).Take(MaxTicks).Select(line => new WaterfallTick(line.OffsetMs ?? 0, line.Level ?? "info", line.Message ?? ""))];
    }

    /// <summary>In chronological order where the start is known.</summary>
    public IReadOnlyList<WaterfallRow> Rows => _rows;

    /// <summary>Log entries, at most 240.</summary>
    public IReadOnlyList<WaterfallTick> Ticks { get; }

    /// <summary>Start of the scale in milliseconds since the activation started; 0 or less.</summary>
    public double FromMs { get; }

    /// <summary>End of the scale in milliseconds.</summary>
    public double ToMs { get; }

    /// <summary>Builds the timeline of a trace.</summary>
    public static ActivationTimeline Of(TraceDetail trace, TraceDocument? document) => new(trace, document);

    private static double EndOf(WaterfallRow row) => (row.StartMs ?? 0) + (row.DurationMs ?? 0);

    /// <summary>Zero of all offsets: the start by the worker's clock, which may differ from the database's.</summary>
    private DateTimeOffset Zero => _document?.Platform?.BegunAt ?? _trace.Summary.StartedAt;

    private double StartOf(LlmCallResponse call) => (call.StartedAt - Zero).TotalMilliseconds;

    private void AddBegin()
    {
        if (_document?.Platform is { } platform)
        {
            if (platform.WaitedMs is { } waited)
            {
                var handover = Math.Max(0, (Zero - _trace.Summary.StartedAt).TotalMilliseconds);
                _rows.Add(new WaterfallRow("Queue", "wait", -waited - handover, waited, platform.Deferrals > 0 ? $"deferred {Format.Plural(platform.Deferrals, "time")}" : null));
                if (handover >= 1)
                {
                    _rows.Add(new WaterfallRow("Claim", "store", -handover, handover, "load activation"));
                }
            }

            _rows.AddRange(platform.Spans.Select(span => SpanRow(span, platform)));
        }
        else if (_trace.Calls.Count > 0 && StartOf(_trace.Calls[0]) is > 0 and var first)
        {
            _rows.Add(new WaterfallRow("Before first call", "context", 0, first, "decision and context, not recorded separately", Target: "context"));
        }
    }

    private static WaterfallRow SpanRow(SpanPart span, PlatformPart platform) => span.Name switch
    {
        "decision" => new WaterfallRow("Decision", "decide", span.OffsetMs, span.DurationMs, Format.Plural(platform.Decision.Count, "rule"), Target: "why"),
        "context_build" => new WaterfallRow("Context", "context", span.OffsetMs, span.DurationMs, Target: "context"),
        _ => new WaterfallRow(Format.Words(span.Name), "store", span.OffsetMs, span.DurationMs),
    };

    private void AddCalls()
    {
        var tools = (_document?.ToolExecutions ?? []).ToList();
        foreach (var call in _trace.Calls)
        {
            _rows.Add(new WaterfallRow(
                $"Call {call.Position + 1}",
                "call",
                StartOf(call),
                call.DurationMs,
                call.ErrorMessage is null ? call.Model : call.ErrorCode is { } code ? $"{call.Model}: {Format.Words(code)}" : $"{call.Model}: failed",
                call.TimeToFirstTokenMs,
                call.ErrorMessage is not null,
                $"call-{call.Position}"));
            AddTools(tools.FindAll(tool => tool.LlmCallId == call.CallId), StartOf(call));
            tools.RemoveAll(tool => tool.LlmCallId == call.CallId);
        }

        AddTools(tools, null);
    }

    /// <summary>ChapterX records the duration of a tool call but not its start; it ran during its model call.</summary>
    private void AddTools(List<ToolPart> tools, double? start)
    {
        foreach (var tool in tools)
        {
            _rows.Add(new WaterfallRow(
                tool.ToolName ?? "tool", "tool", start, tool.DurationMs, "start not recorded", Failed: tool.Error is not null, Target: "tools", Depth: 1));
        }
    }

    private void AddEnd()
    {
        if (_trace.Calls is [.., { DurationMs: { } duration } last]
            && _trace.Summary.DurationMs is { } whole
            && whole - StartOf(last) - duration is > 0 and var rest)
        {
            var sent = _document?.Outcome?.SentMessageIds.Count ?? 0;
            _rows.Add(new WaterfallRow("After last call", "store", StartOf(last) + duration, rest, sent > 0 ? $"{Format.Plural(sent, "message")} {(_document?.Platform is null ? "sent" : "stored")}" : null, Target: "outcome"));
        }

        foreach (var effect in _trace.Effects ?? [])
        {
            var delivered = effect.DeliveredAt is { } at ? (at - Zero).TotalMilliseconds : (double?)null;
            _rows.Add(new WaterfallRow(
                $"Delivery to {EndpointName.Short(effect.TargetName ?? effect.Target)}",
                "send",
                delivered,
                null,
                $"{Format.State(effect.State)}{(effect.Tries > 1 ? $" after {effect.Tries} attempts" : "")}",
                Failed: effect.State is TraceEffectState.Dead,
                Target: "effects"));
        }
    }
}
