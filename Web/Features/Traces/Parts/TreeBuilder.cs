using Platform.Contracts.Traces;
using Platform.Contracts.Traces.Document;
using Platform.Web.Components;
using Platform.Web.Features.Traces.Waterfall;

namespace Platform.Web.Features.Traces.Parts;

/// <summary>Builds the rows of a trace's tree.</summary>
internal sealed class TreeBuilder(TraceDetail trace, TraceDocument? document, PartAddress selected)
{
    private const int MaxTicks = 240;
    private const int MaxEffects = 50;

    private int _steps;

    /// <summary>Zero of all offsets: the start by the worker's clock, which may differ from the database's.</summary>
    private DateTimeOffset Zero => document?.Platform?.BegunAt ?? trace.Summary.StartedAt;

    /// <summary>Builds the activation with everything inside it.</summary>
    public TraceNode Build()
    {
        var calls = new CallNodes(trace, document, selected, Zero).Build();
        List<TraceNode> steps = [.. Begin(calls.FirstStartMs), .. calls.Nodes, .. Rest(calls.LastEndMs)];
        var logs = Logs();
        var end = new TraceNode("", "run", PartAddress.Overview) { StartMs = 0, DurationMs = trace.Summary.DurationMs, Children = [.. steps, .. logs] }.Interval?.ToMs ?? 0;
        return new TraceNode("Activation", "run", PartAddress.Overview)
        {
            Anchors = ["outcome"],
            IsTimed = true,
            StartMs = 0,
            DurationMs = trace.Summary.DurationMs,
            Tokens = TraceTokens.Of(trace.Summary),
            Failed = trace.Summary.Outcome is TraceOutcome.Failed,
            Children = [.. steps, .. Effects(end), .. logs, .. Rows()],
        };
    }

    private IEnumerable<TraceNode> Begin(double? firstCallMs)
    {
        var platform = document?.Platform;
        if (platform?.WaitedMs is { } waited)
        {
            var handover = Math.Max(0, (Zero - trace.Summary.StartedAt).TotalMilliseconds);
            yield return Step("Queue", "wait", -waited - handover, waited, platform.Deferrals > 0 ? $"deferred {Format.Plural(platform.Deferrals, "time")}" : null);
            if (handover >= 1)
            {
                yield return Step("Claim", "store", -handover, handover, "load activation");
            }
        }

        if (platform is null && firstCallMs is > 0 and var first)
        {
            // ChapterX does not record the times of its decision and its context.
            var before = Step("Before first call", "context", 0, first, "decision and context, not recorded separately");
            yield return before with { Children = [.. Decided().Select(node => node with { Within = before.Interval })] };
            yield break;
        }

        foreach (var node in Decided())
        {
            yield return node;
        }

        foreach (var span in (platform?.Spans ?? []).Where(span => span.Name is not ("decision" or "context_build")))
        {
            yield return Step(Format.Words(span.Name), "store", span.OffsetMs, span.DurationMs);
        }
    }

    /// <summary>Decision and context, with their times where a native trace has them.</summary>
    private IEnumerable<TraceNode> Decided()
    {
        var rules = document?.Platform?.Decision.Count;
        yield return Spanned("Trigger and decision", "decide", PartKind.Decision, "decision") with
        {
            Anchors = ["why"],
            Note = rules is null ? null : Format.Plural(rules.Value, "rule"),
            Failed = false,
        };
        if (document?.ContextBuild is { } context)
        {
            yield return Spanned("Context", "context", PartKind.Context, "context_build") with { Anchors = ["context"], Count = context.MessagesIncluded ?? context.Messages.Count };
        }

        if (document?.RawDiscordMessages is { Count: > 0 } messages)
        {
            yield return new TraceNode("Discord messages", "context", new PartAddress(PartKind.Messages)) 
            {
                Anchors = ["raw"],
                Count = messages.Count,
                Total = ShownDocument.LengthBeyond(trace, nameof(document.RawDiscordMessages), messages.Count),
            };
        }
    }

    private TraceNode Spanned(string name, string kind, PartKind part, string span)
    {
        var measured = document?.Platform?.Spans.FirstOrDefault(one => one.Name == span);
        return new TraceNode(name, kind, new PartAddress(part)) { IsTimed = true, StartMs = measured?.OffsetMs, DurationMs = measured?.DurationMs };
    }

    private IEnumerable<TraceNode> Rest(double? lastEndMs)
    {
        if (lastEndMs is { } end && trace.Summary.DurationMs is { } whole && whole - end is > 0 and var rest)
        {
            var sent = document?.Outcome?.SentMessageIds.Count ?? 0;
            yield return Step("After last call", "store", end, rest, sent > 0 ? $"{Format.Plural(sent, "message")} {(document?.Platform is null ? "sent" : "stored")}" : null);
        }
    }

    /// <param name="endMs">End of the time axis. Deliveries after it have no place on the axis.</param>
    private IEnumerable<TraceNode> Effects(double endMs)
    {
        if (trace.Effects is not { Count: > 0 } effects)
        {
            yield break;
        }

        var rows = effects.Take(MaxEffects).Select((effect, index) =>
        {
            var delivered = effect.DeliveredAt is { } at ? (at - Zero).TotalMilliseconds : (double?)null;
            return new TraceNode($"Delivery to {EndpointName.Short(effect.TargetName ?? effect.Target)}", "send", new PartAddress(PartKind.Effects, index + 1))
            {
                IsTimed = true,
                StartMs = delivered <= endMs ? delivered : null,
                AfterMs = delivered > endMs ? delivered : null,
                Note = $"{Format.State(effect.State)}{(effect.Tries > 1 ? $" after {effect.Tries} attempts" : "")}",
                Failed = effect.State is TraceEffectState.Dead,
            };
        });
        yield return new TraceNode("Deliveries", "send", new PartAddress(PartKind.Effects)) { Anchors = ["effects"], Count = effects.Count, Children = [.. rows] };
    }

    private IEnumerable<TraceNode> Logs()
    {
        if (document is { Logs: { Count: > 0 } logs })
        {
            // Warnings and errors first: they must not be missing when there are too many entries.
            var ticks = logs.Where(line => line.OffsetMs is not null).OrderByDescending(line => line.Level is "warn" or "error" or "fatal").Take(MaxTicks);
            yield return new TraceNode("Log", "log", new PartAddress(PartKind.Logs))
            {
                Anchors = ["logs"],
                Count = logs.Count,
                Total = ShownDocument.LengthBeyond(trace, nameof(document.Logs), logs.Count),
                Note = LogLevels.Grave(logs),
                Ticks = [.. ticks.Select(line => new WaterfallTick(line.OffsetMs ?? 0, line.Level ?? "info", line.Message ?? ""))],
            };
        }
    }

    private IEnumerable<TraceNode> Rows()
    {
        if (document?.Config is not null)
        {
            yield return new TraceNode("Configuration", "info", new PartAddress(PartKind.Config)) { Anchors = ["config"] };
        }

        yield return new TraceNode("Timeline", "info", new PartAddress(PartKind.Timeline)) { Anchors = ["time"] };
        yield return new TraceNode("Ids and links", "info", new PartAddress(PartKind.Links)) { Anchors = ["document"] };
    }

    private TraceNode Step(string name, string kind, double startMs, double durationMs, string? note = null) =>
        new(name, kind, new PartAddress(PartKind.Timeline, ++_steps)) { IsTimed = true, StartMs = startMs, DurationMs = durationMs, Note = note };
}
