using System.Text.Encodings.Web;
using System.Text.Json;
using Platform.Contracts;
using Platform.Contracts.Traces;
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
            ("Tokens", $"{Figures.Count(trace.TokensIn)} in, {Figures.Count(trace.TokensOut)} out", Style.Plain),
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

    public void WriteDocument(JsonElement root, bool allLogs)
    {
        WriteDecision(LenientJson.Object(root, "platform") ?? default);
        WriteContext(LenientJson.Object(root, "contextBuild") ?? default);
        WriteTools([.. LenientJson.Items(root, "toolExecutions")]);
        WriteAnswer(LenientJson.Object(root, "outcome") ?? default);
        WriteLogs([.. LenientJson.Items(root, "logs")], allLogs);
    }

    private void WriteDecision(JsonElement platform)
    {
        var steps = LenientJson.Items(platform, "decision").ToList();
        if (steps.Count == 0)
        {
            return;
        }

        WriteHeading("Decision");
        var table = Terminal.Table("", "", "");
        foreach (var step in steps)
        {
            table.AddRow(Text(step, "verdict") == "silent" ? Terminal.Yellow : Style.Plain, Text(step, "verdict"), Text(step, "rule"), Text(step, "detail"));
        }

        console.Write(table, Indent);
    }

    private void WriteContext(JsonElement context)
    {
        if (context.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        var tokens = LenientJson.Object(context, "tokenEstimates") ?? default;
        WriteHeading($"Context ({Number(context, "messagesIncluded")} of {Number(context, "messagesConsidered")} messages, {Number(context, "messagesRolledOff")} rolled off)");
        console.WriteLine(
            $"  about {Number(tokens, "total")} tokens: system {Number(tokens, "system")}, messages {Number(tokens, "messages")}, images {Number(tokens, "images")}, tools {Number(tokens, "tools")}");
        if (LenientJson.Flag(context, "didTruncate") == true)
        {
            console.WriteLine($"  truncated: {Text(context, "truncateReason")}", Terminal.Yellow);
        }

        var table = Terminal.Table("#", "AUTHOR", "~TOKENS", "FLAGS", "TEXT");
        foreach (var message in LenientJson.Items(context, "messages"))
        {
            table.AddRow(
                Style.Plain,
                Number(message, "position"),
                Preview.Of(Text(message, "participant"), NameWidth),
                Number(message, "tokenEstimate"),
                Marks(message),
                Preview.Of(Text(message, "contentPreview"), PreviewWidth));
        }

        console.Write(table, Indent);
    }

    private void WriteTools(List<JsonElement> tools)
    {
        if (tools.Count == 0)
        {
            return;
        }

        WriteHeading($"Tools ({tools.Count})");
        foreach (var tool in tools)
        {
            var input = LenientJson.Object(tool, "input") is { } json ? Terminal.Clean(Compact(json)) : "";
            console.Write($"  {Text(tool, "toolName")}", Terminal.Bold);
            console.WriteLine($" {Figures.Duration(LenientJson.Number(tool, "durationMs"))} {Preview.Of(input, PreviewWidth)}");
            var error = LenientJson.Text(tool, "error");
            console.WriteLine($"    {(error is null ? Preview.Of(Text(tool, "output"), PreviewWidth) : Terminal.Clean(error))}", error is null ? Style.Plain : Terminal.Red);
        }
    }

    private void WriteAnswer(JsonElement outcome)
    {
        var text = LenientJson.Text(outcome, "responseText");
        if (string.IsNullOrEmpty(text))
        {
            return;
        }

        var sent = LenientJson.Items(outcome, "sentMessageIds").Select(id => Terminal.Clean(LenientJson.Text(id))).ToList();
        WriteHeading($"Answer ({(sent.Count == 0 ? "nothing sent" : $"sent as {string.Join(", ", sent)}")})");
        foreach (var line in text.ReplaceLineEndings("\n").Split('\n'))
        {
            console.WriteLine($"  {Terminal.Clean(line)}");
        }
    }

    private void WriteLogs(List<JsonElement> logs, bool all)
    {
        var shown = all ? logs : logs.FindAll(line => Alarming.Contains(LenientJson.Text(line, "level")));
        WriteHeading($"Logs ({logs.Count} lines{(all ? "" : $", {shown.Count} of them warnings and errors; --logs shows all")})");
        foreach (var line in shown)
        {
            var level = Text(line, "level");
            var data = all && LenientJson.Object(line, "data") is { } json ? $" {Terminal.Clean(Compact(json))}" : "";
            console.WriteLine($"  {Number(line, "offsetMs"),7} ms {level,-5} {Text(line, "message")}{data}", level switch
            {
                "warn" => Terminal.Yellow,
                "error" or "fatal" => Terminal.Red,
                _ => Style.Plain,
            });
        }
    }

    private static string Marks(JsonElement message)
    {
        string?[] marks =
        [
            LenientJson.Flag(message, "isTrigger") == true ? "trigger" : null,
            LenientJson.Flag(message, "hasCacheControl") == true ? "cache" : null,
            LenientJson.Flag(message, "hasImages") == true ? $"{Number(message, "imageCount")} images" : null,
            .. LenientJson.Items(message, "transformations").Select(item => LenientJson.Text(item)),
        ];
        return Terminal.Clean(string.Join(", ", marks.OfType<string>()));
    }

    private static string Bodies(IEnumerable<CallBody> bodies) => string.Join(", ", bodies
        .GroupBy(body => body.Link.Kind)
        .Select(kind => $"{kind.Count()} {EnumText.Of(kind.Key)}{(kind.Any(body => body.SizeBytes is null) ? " (deleted)" : "")}"));

    private static string Compact(JsonElement json) => JsonSerializer.Serialize(json, Compactly);

    private static string Text(JsonElement parent, string name) => Terminal.Clean(LenientJson.Text(parent, name));

    private static string Number(JsonElement parent, string name) => Figures.Count(LenientJson.Number(parent, name) ?? 0);

    private void WriteHeading(string text)
    {
        console.WriteLine();
        console.WriteLine(text, Terminal.Bold);
    }
}
