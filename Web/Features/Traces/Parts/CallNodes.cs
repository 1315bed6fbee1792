using Platform.Contracts.Traces;
using Platform.Contracts.Traces.Document;
using Platform.Web.Components;
using Platform.Web.Features.Traces.Waterfall;

namespace Platform.Web.Features.Traces.Parts;

/// <summary>Rows of the model calls: by round of the tool loop, with their bodies and the tool calls that they requested.</summary>
/// <param name="trace">The trace.</param>
/// <param name="document">Its document.</param>
/// <param name="selected">The selected part.</param>
/// <param name="zero">Zero of all offsets.</param>
internal sealed class CallNodes(TraceDetail trace, TraceDocument? document, PartAddress selected, DateTimeOffset zero)
{
    /// <summary>Calls in the tree; of more, those around the selected one.</summary>
    internal const int PageSize = 50;

    /// <summary>With more calls, only the selected one shows its bodies.</summary>
    private const int MaxWithBodies = 10;

    private const int MaxTools = 50;

    private readonly Dictionary<string, CallPart> _parts = (document?.LlmCalls ?? []).Where(part => part.CallId is not null).DistinctBy(part => part.CallId).ToDictionary(part => part.CallId ?? "");
    private readonly ILookup<string, TraceNode> _tools = Tools(document);

    /// <summary>The rows, the start of the first call and the end of the last one, where they are recorded.</summary>
    public (IReadOnlyList<TraceNode> Nodes, double? FirstStartMs, double? LastEndMs) Build()
    {
        var calls = trace.Calls;
        var first = calls.Count > 0 ? StartOf(calls[0]) : (double?)null;
        var last = calls is [.., { DurationMs: { } duration } latest] ? StartOf(latest) + duration : (double?)null;
        var ids = calls.Select(call => call.CallId).ToHashSet();
        IReadOnlyList<TraceNode> loose = [.. _tools.Where(group => !ids.Contains(group.Key)).SelectMany(group => group).Take(MaxTools)];
        if (calls.Count == 0)
        {
            return (loose, first, last);
        }

        var shown = Shown();
        List<TraceNode> rows = [.. Earlier(shown), .. Rounds(shown), .. Later(shown)];
        if (calls.Count == 1)
        {
            return ([.. rows.Select(row => row with { Anchors = [.. row.Anchors, "calls"] }), .. loose], first, last);
        }

        var all = WaterfallInterval.Around(calls.Select(call => (WaterfallInterval?)new WaterfallInterval(StartOf(call), StartOf(call) + Math.Max(0, call.DurationMs ?? 0))));
        var group = new TraceNode("Model calls", "call", new PartAddress(PartKind.Calls))
        {
            Anchors = ["calls"],
            Count = calls.Count,
            IsTimed = true,
            StartMs = all?.FromMs,
            DurationMs = calls.All(call => call.DurationMs is not null) ? all?.ToMs - all?.FromMs : null,
            Tokens = TraceTokens.Of(trace.Summary),
            Failed = calls.All(call => call.ErrorMessage is not null),
            Children = rows,
        };
        return ([group, .. loose], first, last);
    }

    private static ILookup<string, TraceNode> Tools(TraceDocument? document) => (document?.ToolExecutions ?? [])
        .Select((tool, index) => (Call: tool.LlmCallId ?? "", Node: new TraceNode(Format.Truncate(tool.ToolName, 60) ?? "tool", "tool", new PartAddress(PartKind.Tool, index + 1))
        {
            IsTimed = true,
            DurationMs = tool.DurationMs,
            Failed = tool.Error is not null,
            Anchors = index == 0 ? ["tools"] : [],
        })).ToLookup(pair => pair.Call, pair => pair.Node);

    private double StartOf(LlmCallResponse call) => (call.StartedAt - zero).TotalMilliseconds;

    private int DepthOf(LlmCallResponse call) => _parts.GetValueOrDefault(call.CallId)?.Depth ?? 0;

    private (int From, int To) Shown()
    {
        var at = selected is { Kind: PartKind.Call, Number: { } number } ? Math.Clamp(number - 1, 0, trace.Calls.Count - 1) : 0;
        var from = at / PageSize * PageSize;
        return (from, Math.Min(trace.Calls.Count, from + PageSize));
    }

    private IEnumerable<TraceNode> Earlier((int From, int To) shown) => shown.From == 0 ? [] : [More(shown.From - PageSize)];

    private IEnumerable<TraceNode> Later((int From, int To) shown) => shown.To == trace.Calls.Count ? [] : [More(shown.To)];

    private TraceNode More(int from) => new(
        $"Calls {Format.Number(from + 1)}–{Format.Number(Math.Min(trace.Calls.Count, from + PageSize))}", "more", new PartAddress(PartKind.Call, from + 1));

    /// <summary>Calls of one round of the tool loop are in one row, when there are several rounds.</summary>
    private IEnumerable<TraceNode> Rounds((int From, int To) shown)
    {
        var calls = trace.Calls.Skip(shown.From).Take(shown.To - shown.From).ToList();
        if (trace.Calls.All(call => DepthOf(call) == 0))
        {
            return calls.Select(call => WithTools(Call(call), call));
        }

        List<List<LlmCallResponse>> rounds = [];
        foreach (var call in calls)
        {
            if (rounds is [.., [var other, ..] round] && DepthOf(other) == DepthOf(call))
            {
                round.Add(call);
            }
            else
            {
                rounds.Add([call]);
            }
        }

        return rounds.Select((round, index) => Round(round, index + 1 < rounds.Count ? StartOf(rounds[index + 1][0]) : null));
    }

    /// <param name="calls">The round's calls.</param>
    /// <param name="nextMs">Start of the next round: until then the tools ran. Null for the last one.</param>
    private TraceNode Round(List<LlmCallResponse> calls, double? nextMs)
    {
        var start = StartOf(calls[0]);
        var nodes = calls.ConvertAll(Call);
        var end = Math.Max(nextMs ?? 0, WaterfallInterval.Around(nodes.Select(node => node.Interval))?.ToMs ?? start);
        var within = new WaterfallInterval(start, end);
        return new TraceNode($"Round {DepthOf(calls[0]) + 1}", "round", new PartAddress(PartKind.Call, calls[0].Position + 1))
        {
            IsTimed = true,
            StartMs = start,
            DurationMs = end - start,
            Children = [.. nodes.Zip(calls).SelectMany(pair => ToolsOf(pair.Second, within).Prepend(pair.First))],
        };
    }

    private TraceNode WithTools(TraceNode node, LlmCallResponse call) =>
        node with { Children = [.. node.Children, .. ToolsOf(call, node.Interval)] };

    /// <summary>ChapterX records the duration of a tool call but not its start.</summary>
    private IEnumerable<TraceNode> ToolsOf(LlmCallResponse call, WaterfallInterval? within)
    {
        var tools = _tools[call.CallId].Select(tool => tool with { Within = within }).ToList();
        var shown = tools.Where((tool, index) => index < MaxTools || tool.Part == selected);
        return tools.Count <= MaxTools ? shown : shown.Append(new TraceNode($"All {Format.Plural(tools.Count, "tool call")}", "more", new PartAddress(PartKind.Tools)));
    }

    private TraceNode Call(LlmCallResponse call)
    {
        var part = new PartAddress(PartKind.Call, call.Position + 1);
        return new TraceNode($"Call {call.Position + 1}", "call", part)
        {
            Anchors = [$"call-{call.Position}"],
            IsTimed = true,
            StartMs = StartOf(call),
            DurationMs = call.DurationMs,
            FirstTokenMs = call.TimeToFirstTokenMs,
            Tokens = TraceTokens.Of(call),
            Failed = call.ErrorMessage is not null,
            Note = $"{(call.StartedAt < trace.Summary.StartedAt ? "earlier attempt, " : "")}{Format.Truncate(call.Model, 60)}{(call.ErrorCode is { } code ? $": {Format.Words(code)}" : "")}",
            Children = trace.Calls.Count <= MaxWithBodies || (selected.Kind is PartKind.Call && selected.Number == part.Number) ? [.. Bodies(call, part)] : [],
        };
    }

    /// <summary>Each request is followed by its response.</summary>
    private static IEnumerable<TraceNode> Bodies(LlmCallResponse call, PartAddress part) =>
        from body in call.Bodies
        let isFirst = body.Kind is BodyKind.MembraneRequest
        let isLast = body.Kind is BodyKind.MembraneResponse
        orderby isFirst ? 0 : isLast ? 2 : 1, body.Position, body.Kind
        select new TraceNode(BodyLabel.Numbered(call, body), "body", part with { Body = body.Kind, BodyNumber = body.Position + 1 })
        {
            SizeBytes = body.SizeBytes,
            Note = body.Url is not null ? null : body.DroppedAt is not null ? "deleted by retention" : "not stored",
        };
}
