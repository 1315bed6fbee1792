using System.Text.Encodings.Web;
using System.Text.Json;
using Platform.Contracts;
using Platform.Contracts.Traces;
using Platform.Core.Storage;
using Platform.Core.Traces;
using Platform.Core.Traces.ChapterX;

namespace Platform.Worker.Features.Traces;

/// <summary>A trace for reading in a terminal.</summary>
internal sealed class TraceOutline(TextWriter output, Paint paint)
{
    private const int PreviewWidth = 80;
    private const int NameWidth = 24;

    private static readonly JsonSerializerOptions Compactly = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = WireJson.MaxDepth };

    private static readonly string[] Alarming = ["warn", "error", "fatal"];

    public async Task WriteHeadAsync(Trace trace, IReadOnlyList<LlmCall> calls)
    {
        var state = EnumText.Of(trace.Outcome) + (trace.SilentReason is { } reason ? $" ({Paint.Clean(reason)})" : "");
        await output.WriteLineAsync(paint.Bold($"{Paint.Clean(trace.Bot)}, {Figures.Time(trace.StartedAt)}: ")
            + (trace.Outcome == TraceOutcome.Failed ? paint.Red(state) : paint.Green(state)));
        await LineAsync("Trace", $"{trace.Id} ({EnumText.Of(trace.Source)}{(trace.Source == TraceSource.Native ? "" : $" {Paint.Clean(trace.SourceTraceId)}")})");
        await LineAsync("Channel", Paint.Clean($"{trace.ChannelName ?? trace.ChannelId}{(trace.IsThread ? ", a thread" : "")}{(trace.ChannelName is null ? "" : $" ({trace.ChannelId})")}"));
        await LineAsync("Asked by", Paint.Clean($"{EnumText.Of(trace.Reason)}{(trace.TriggerMessageId is { } id ? $", message {id}" : "")}: {trace.TriggerPreview}"));
        await LineAsync("Took", $"{Figures.Duration(trace.DurationMs)}, of which the models {Figures.Duration(calls.Sum(call => call.DurationMs ?? 0))}");
        await LineAsync("Tokens", $"{Figures.Count(trace.TokensIn)} in, {Figures.Count(trace.TokensOut)} out");
        await LineAsync("Cost", Figures.Dollars(trace.CostUsd));
        await LineAsync("OTel", trace.OtelTraceId);
        await LineAsync("Error", trace.ErrorMessage is { } error ? paint.Red(Paint.Clean($"{trace.ErrorPhase}: {error}")) : null);
    }

    public async Task WriteCallsAsync(IReadOnlyList<LlmCall> calls, ILookup<Guid, CallBody> bodies)
    {
        await HeadAsync($"Calls ({calls.Count})");
        if (calls.Count == 0)
        {
            return;
        }

        var table = new TextTable("#", "MODEL", "TIME", "FIRST TOKEN", "IN", "OUT", "CACHE READ", "CACHE WRITTEN", "STOP", "BODIES");
        foreach (var call in calls)
        {
            table.Add(
                Figures.Text($"{call.Position}"),
                Paint.Clean(call.Model),
                Figures.Duration(call.DurationMs),
                Figures.Duration(call.TimeToFirstTokenMs),
                Figures.Count(call.TokensIn),
                Figures.Count(call.TokensOut),
                Figures.Count(call.CacheReadTokens),
                Figures.Count(call.CacheWriteTokens),
                Paint.Clean(call.ErrorCode ?? call.StopReason),
                Bodies(bodies[call.Id]));
        }

        await table.WriteAsync(output, 2, (row, line) => row == 0 ? paint.Dim(line) : calls[row - 1].ErrorMessage is null ? line : paint.Red(line));
        foreach (var call in calls.Where(call => call.ErrorMessage is not null))
        {
            await output.WriteLineAsync(paint.Red($"  {call.Position}: {Paint.Clean(call.ErrorMessage)}"));
        }
    }

    public async Task WriteDocumentAsync(JsonElement root, bool allLogs)
    {
        await WriteDecisionAsync(LenientJson.Object(root, "platform") ?? default);
        await WriteContextAsync(LenientJson.Object(root, "contextBuild") ?? default);
        await WriteToolsAsync([.. LenientJson.Items(root, "toolExecutions")]);
        await WriteAnswerAsync(LenientJson.Object(root, "outcome") ?? default);
        await WriteLogsAsync([.. LenientJson.Items(root, "logs")], allLogs);
    }

    private async Task WriteDecisionAsync(JsonElement platform)
    {
        var steps = LenientJson.Items(platform, "decision").ToList();
        if (steps.Count == 0)
        {
            return;
        }

        await HeadAsync("Why");
        foreach (var step in steps)
        {
            var line = $"  {Text(step, "verdict"),-7} {Text(step, "rule"),-NameWidth} {Text(step, "detail")}";
            await output.WriteLineAsync(Text(step, "verdict") == "silent" ? paint.Yellow(line) : line);
        }
    }

    private async Task WriteContextAsync(JsonElement context)
    {
        if (context.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        var tokens = LenientJson.Object(context, "tokenEstimates") ?? default;
        await HeadAsync($"Context ({Number(context, "messagesIncluded")} of {Number(context, "messagesConsidered")} messages, {Number(context, "messagesRolledOff")} rolled off)");
        await output.WriteLineAsync(
            $"  about {Number(tokens, "total")} tokens: system {Number(tokens, "system")}, messages {Number(tokens, "messages")}, images {Number(tokens, "images")}, tools {Number(tokens, "tools")}");
        if (LenientJson.Flag(context, "didTruncate") == true)
        {
            await output.WriteLineAsync(paint.Yellow($"  cut: {Text(context, "truncateReason")}"));
        }

        var table = new TextTable("#", "WHO", "~TOKENS", "MARKS", "TEXT");
        foreach (var message in LenientJson.Items(context, "messages"))
        {
            table.Add(
                Number(message, "position"),
                Preview.Of(Text(message, "participant"), NameWidth),
                Number(message, "tokenEstimate"),
                Marks(message),
                Preview.Of(Text(message, "contentPreview"), PreviewWidth));
        }

        await table.WriteAsync(output, 2, (row, line) => row == 0 ? paint.Dim(line) : line);
    }

    private async Task WriteToolsAsync(List<JsonElement> tools)
    {
        if (tools.Count == 0)
        {
            return;
        }

        await HeadAsync($"Tools ({tools.Count})");
        foreach (var tool in tools)
        {
            var input = LenientJson.Object(tool, "input") is { } json ? Paint.Clean(Compact(json)) : "";
            await output.WriteLineAsync($"  {paint.Bold(Text(tool, "toolName"))} {Figures.Duration(LenientJson.Number(tool, "durationMs"))} {Preview.Of(input, PreviewWidth)}");
            await output.WriteLineAsync(LenientJson.Text(tool, "error") is { } error
                ? paint.Red($"    {Paint.Clean(error)}")
                : $"    {Preview.Of(Text(tool, "output"), PreviewWidth)}");
        }
    }

    private async Task WriteAnswerAsync(JsonElement outcome)
    {
        var text = LenientJson.Text(outcome, "responseText");
        if (string.IsNullOrEmpty(text))
        {
            return;
        }

        var sent = LenientJson.Items(outcome, "sentMessageIds").Select(id => Paint.Clean(LenientJson.Text(id))).ToList();
        await HeadAsync($"Answer ({(sent.Count == 0 ? "nothing sent" : $"sent as {string.Join(", ", sent)}")})");
        foreach (var line in text.ReplaceLineEndings("\n").Split('\n'))
        {
            await output.WriteLineAsync($"  {Paint.Clean(line)}");
        }
    }

    private async Task WriteLogsAsync(List<JsonElement> logs, bool all)
    {
        var shown = all ? logs : logs.FindAll(line => Alarming.Contains(LenientJson.Text(line, "level")));
        await HeadAsync($"Logs ({logs.Count} lines{(all ? "" : $", {shown.Count} of them warnings and errors; --logs shows all")})");
        foreach (var line in shown)
        {
            var level = Text(line, "level");
            var data = all && LenientJson.Object(line, "data") is { } json ? $" {Paint.Clean(Compact(json))}" : "";
            var text = $"  {Number(line, "offsetMs"),7} ms {level,-5} {Text(line, "message")}{data}";
            await output.WriteLineAsync(level switch
            {
                "warn" => paint.Yellow(text),
                "error" or "fatal" => paint.Red(text),
                _ => text,
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
        return Paint.Clean(string.Join(", ", marks.OfType<string>()));
    }

    private static string Bodies(IEnumerable<CallBody> bodies) => string.Join(", ", bodies
        .GroupBy(body => body.Link.Kind)
        .Select(kind => $"{kind.Count()} {EnumText.Of(kind.Key)}{(kind.Any(body => body.SizeBytes is null) ? " (gone)" : "")}"));

    private static string Compact(JsonElement json) => JsonSerializer.Serialize(json, Compactly);

    private static string Text(JsonElement parent, string name) => Paint.Clean(LenientJson.Text(parent, name));

    private static string Number(JsonElement parent, string name) => Figures.Count(LenientJson.Number(parent, name) ?? 0);

    private async Task HeadAsync(string text)
    {
        await output.WriteLineAsync();
        await output.WriteLineAsync(paint.Bold(text));
    }

    private async Task LineAsync(string name, string? text)
    {
        if (text is not null)
        {
            await output.WriteLineAsync($"  {paint.Dim($"{name,-9}")} {text}");
        }
    }
}
