using System.Text.Encodings.Web;
using System.Text.Json;
using Platform.Contracts;
using Platform.Contracts.Traces;
using Platform.Contracts.Traces.Document;
using Platform.Core.Json;
using Platform.Core.Storage;
using Platform.Core.Text;
using Platform.Core.Traces;
using Spectre.Console;

namespace Platform.Worker.Features.Traces;

/// <summary>A trace for reading in a terminal.</summary>
internal sealed class TraceOutline(IAnsiConsole console)
{
    private const int PreviewWidth = 80;
    private const int NameWidth = 24;
    private const int Indent = 2;

    private static readonly JsonSerializerOptions Compactly = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = WireJson.MaxDepth };

    private static readonly string[] Alarming = ["warn", "error", "fatal"];

    public void WriteHead(Trace trace, IReadOnlyList<LlmCall> calls)
    {
        var state = EnumText.Of(trace.Outcome) + (trace.SilentReason is { } reason ? $" ({Terminal.Clean(reason)})" : "");
        console.Write($"{Terminal.Clean(trace.Bot)}, {Figures.Time(trace.StartedAt)}: ", Terminal.Bold);
        console.WriteLine(state, trace.Outcome == TraceOutcome.Failed ? Terminal.Red : Terminal.Green);
        (string Name, string? Text, Style Style)[] lines =
        [
            ("Trace", $"{trace.Id} ({EnumText.Of(trace.Source)}{(trace.Source == TraceSource.Native ? "" : $" {trace.SourceTraceId}")})", Style.Plain),
            ("Channel", $"{trace.ChannelName ?? trace.ChannelId}{(trace.IsThread ? ", a thread" : "")}{(trace.ChannelName is null ? "" : $" ({trace.ChannelId})")}", Style.Plain),
            ("Trigger", $"{EnumText.Of(trace.Reason)}{(trace.TriggerMessageId is { } id ? $", message {id}" : "")}: {trace.TriggerPreview}", Style.Plain),
            ("Duration", $"{Figures.Duration(trace.DurationMs)}, of which model calls {Figures.Duration(calls.Sum(call => call.DurationMs ?? 0))}", Style.Plain),
            ("Tokens", $"{Figures.Count(trace.TokensIn)} in, {Figures.Count(trace.TokensOut)} out{(trace.TokensEstimated ? ", estimated" : "")}", Style.Plain),
            ("Cost", Figures.Dollars(trace.CostUsd), Style.Plain),
            ("OTel", trace.OtelTraceId, Style.Plain),
            ("Error", trace.ErrorMessage is { } error ? $"{trace.ErrorPhase}: {error}" : null, Terminal.Red),
        ];
        var table = Terminal.Table("", "");
        foreach (var (name, text, style) in lines.Where(line => line.Text is not null))
        {
            table.AddRow(new Text(name, Terminal.Dim), new Text(Terminal.Clean(text), style));
        }

        console.Write(table, Indent);
    }

    public void WriteCalls(IReadOnlyList<LlmCall> calls, ILookup<Guid, CallBody> bodies)
    {
        WriteHeading($"Calls ({calls.Count})");
        if (calls.Count == 0)
        {
            return;
        }

        var table = Terminal.Table("#", "MODEL", "DURATION", "FIRST TOKEN", "INPUT", "OUTPUT", "CACHE READ", "CACHE WRITE", "STOP", "BODIES");
        foreach (var call in calls)
        {
            table.AddRow(
                call.ErrorMessage is null ? Style.Plain : Terminal.Red,
                Figures.Text($"{call.Position}"),
                Terminal.Clean(call.Model),
                Figures.Duration(call.DurationMs),
                Figures.Duration(call.TimeToFirstTokenMs),
                Figures.Count(call.TokensIn),
                Figures.Count(call.TokensOut),
                Figures.Count(call.CacheReadTokens),
                Figures.Count(call.CacheWriteTokens),
                Terminal.Clean(call.ErrorCode ?? call.StopReason),
                Bodies(bodies[call.Id]));
        }

        console.Write(table, Indent);
        foreach (var call in calls.Where(call => call.ErrorMessage is not null))
        {
            console.WriteLine($"  {call.Position}: {Terminal.Clean(call.ErrorMessage)}", Terminal.Red);
        }
    }

    public void WriteDocument(TraceDocument document, bool allLogs)
    {
        WriteDecision(document.Platform?.Decision ?? []);
        WriteContext(document.ContextBuild);
        WriteTools(document.ToolExecutions);
        WriteAnswer(document.Outcome);
        WriteLogs(document.Logs, allLogs);
    }

    private void WriteDecision(IReadOnlyList<DecisionStepPart> steps)
    {
        if (steps.Count == 0)
        {
            return;
        }

        WriteHeading("Decision");
        var table = Terminal.Table("", "", "");
        foreach (var step in steps)
        {
            table.AddRow(step.Verdict == "silent" ? Terminal.Yellow : Style.Plain, Terminal.Clean(step.Verdict), Terminal.Clean(step.Rule), Terminal.Clean(step.Detail));
        }

        console.Write(table, Indent);
    }

    private void WriteContext(ContextPart? context)
    {
        if (context is null)
        {
            return;
        }

        var tokens = context.TokenEstimates ?? new TokenEstimatesPart();
        WriteHeading($"Context ({Count(context.MessagesIncluded)} of {Count(context.MessagesConsidered)} messages, {Count(context.MessagesRolledOff)} omitted)");
        console.WriteLine(
            $"  about {Count(tokens.Total)} tokens: system {Count(tokens.System)}, messages {Count(tokens.Messages)}, images {Count(tokens.Images)}, tools {Count(tokens.Tools)}");
        if (context.DidTruncate)
        {
            console.WriteLine($"  truncated: {Terminal.Clean(context.TruncateReason)}", Terminal.Yellow);
        }

        var table = Terminal.Table("#", "AUTHOR", "~TOKENS", "FLAGS", "TEXT");
        foreach (var message in context.Messages)
        {
            table.AddRow(
                Style.Plain,
                Count(message.Position),
                Preview.Of(Terminal.Clean(message.Participant), NameWidth),
                Count(message.TokenEstimate),
                Marks(message),
                Preview.Of(Terminal.Clean(message.ContentPreview), PreviewWidth));
        }

        console.Write(table, Indent);
    }

    private void WriteTools(IReadOnlyList<ToolPart> tools)
    {
        if (tools.Count == 0)
        {
            return;
        }

        WriteHeading($"Tools ({tools.Count})");
        foreach (var tool in tools)
        {
            console.Write($"  {Terminal.Clean(tool.ToolName)}", Terminal.Bold);
            console.WriteLine($" {Figures.Duration(tool.DurationMs)} {Preview.Of(Compact(tool.Input), PreviewWidth)}");
            var error = LenientJson.Text(tool.Error);
            console.WriteLine($"    {(error is null ? Preview.Of(Terminal.Clean(tool.Output), PreviewWidth) : Terminal.Clean(error))}", error is null ? Style.Plain : Terminal.Red);
        }
    }

    private void WriteAnswer(OutcomePart? outcome)
    {
        if (outcome?.ResponseText is not { Length: > 0 } text)
        {
            return;
        }

        var sent = outcome.SentMessageIds.Select(Terminal.Clean).ToList();
        WriteHeading($"Answer ({(sent.Count == 0 ? "nothing sent" : $"sent as {string.Join(", ", sent)}")})");
        foreach (var line in text.ReplaceLineEndings("\n").Split('\n'))
        {
            console.WriteLine($"  {Terminal.Clean(line)}");
        }
    }

    private void WriteLogs(IReadOnlyList<LogPart> logs, bool all)
    {
        List<LogPart> shown = [.. logs.Where(line => all || Alarming.Contains(line.Level))];
        WriteHeading($"Logs ({logs.Count} lines{(all ? "" : $", {shown.Count} of them warnings and errors; --logs shows all")})");
        foreach (var line in shown)
        {
            var level = Terminal.Clean(line.Level);
            var data = all && Compact(line.Data) is { Length: > 0 } json ? $" {json}" : "";
            console.WriteLine($"  {Count(line.OffsetMs),7} ms {level,-5} {Terminal.Clean(line.Message)}{data}", level switch
            {
                "warn" => Terminal.Yellow,
                "error" or "fatal" => Terminal.Red,
                _ => Style.Plain,
            });
        }
    }

    private static string Marks(ContextMessagePart message)
    {
        string?[] marks =
        [
            message.IsTrigger ? "trigger" : null,
            message.HasCacheControl ? "cache" : null,
            message.HasImages ? $"{Count(message.ImageCount)} images" : null,
            .. message.Transformations,
        ];
        return Terminal.Clean(string.Join(", ", marks.OfType<string>()));
    }

    private static string Bodies(IEnumerable<CallBody> bodies) => string.Join(", ", bodies
        .GroupBy(body => body.Link.Kind)
        .Select(kind => $"{kind.Count()} {EnumText.Of(kind.Key)}{(kind.Any(body => body.SizeBytes is null) ? " (deleted)" : "")}"));

    /// <summary>An object in one line; nothing for anything else.</summary>
    private static string Compact(JsonElement? value) =>
        value is { ValueKind: JsonValueKind.Object } json ? Terminal.Clean(JsonSerializer.Serialize(json, Compactly)) : "";

    private static string Count(int? number) => Figures.Count(number ?? 0);

    private void WriteHeading(string text)
    {
        console.WriteLine();
        console.WriteLine(text, Terminal.Bold);
    }
}
