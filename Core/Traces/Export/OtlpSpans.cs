using System.Globalization;
using System.Text.Json;
using Platform.Contracts.Traces;
using Platform.Core.Json;
using Platform.Core.Models;
using Platform.Core.Storage;
using Platform.Core.Text;

namespace Platform.Core.Traces.Export;

/// <summary>The spans of one trace.</summary>
internal sealed class OtlpSpans(Utf8JsonWriter json, ExportedTrace trace, JsonElement document, bool withContent)
{
    private readonly string traceId = OtlpIds.Trace(trace.Row);
    private readonly string rootId = OtlpIds.Span(trace.Row, "root");
    private readonly string operation =
        LenientJson.Text(LenientJson.Object(document, "config") ?? default, "mode") == "base-model" ? GenAiNames.TextCompletion : GenAiNames.Chat;

    public void WriteRoot()
    {
        var row = trace.Row;
        var error = row.Outcome == TraceOutcome.Failed ? row.ErrorMessage ?? "It failed." : null;
        new OtlpSpan(rootId, null, $"{GenAiNames.InvokeAgent} {row.Bot}", IsClient: false, row.StartedAt, End(row), error).Write(
            json,
            traceId,
            attributes => attributes
                .Add(GenAiNames.OperationName, GenAiNames.InvokeAgent)
                .Add(GenAiNames.ProviderName(), ProviderName.Of(trace.Calls is [.., var last] ? last.Provider : null, row.Model))
                .Add(GenAiNames.AgentName, row.Bot)
                .Add(GenAiNames.AgentId, row.BotId?.ToString())
                .Add(GenAiNames.ConversationId, row.ChannelId)
                .Add(GenAiNames.RequestModel, row.Model)
                .Add(GenAiNames.InputTokens, row.TokensIn)
                .Add(GenAiNames.OutputTokens, row.TokensOut)
                .Add(GenAiNames.ErrorType, error is null ? null : row.ErrorCode ?? "_OTHER")
                .Add("platform.trace.id", row.Id.ToString())
                .Add("platform.trace.source_id", row.SourceTraceId)
                .Add("platform.activation.id", row.ActivationId?.ToString())
                .Add("platform.activation.reason", EnumText.Of(row.Reason))
                .Add("platform.activation.outcome", EnumText.Of(row.Outcome))
                .Add("platform.activation.silent_reason", row.SilentReason)
                .Add("platform.activation.error_phase", row.ErrorPhase)
                .Add("platform.trigger_message.id", row.TriggerMessageId)
                .Add("platform.rehearsal", row.Rehearsal ? true : null)
                .Add("platform.cost_usd", (double?)row.CostUsd),
            Events());
    }

    /// <summary>Writes a model call.</summary>
    /// <param name="call">The call.</param>
    /// <param name="content">Its messages; null leaves them out.</param>
    public void WriteCall(LlmCall call, GenAiContent? content)
    {
        var request = LenientJson.Object(Document(call), "request") ?? default;
        var server = Uri.TryCreate(LenientJson.Text(request, "apiBaseUrl"), UriKind.Absolute, out var address) ? address : null;
        var error = call.ErrorMessage ?? call.ErrorCode;
        CallSpan(call, error).Write(json, traceId, attributes => attributes
            .Add(GenAiNames.OperationName, operation)
            .Add(GenAiNames.ProviderName(), ProviderName.Of(call.Provider, call.Model))
            .Add(GenAiNames.AgentName, trace.Row.Bot)
            .Add(GenAiNames.ConversationId, trace.Row.ChannelId)
            .Add(GenAiNames.RequestModel, call.Model)
            .Add(GenAiNames.RequestTemperature, Real(request, "temperature"))
            .Add(GenAiNames.RequestMaxTokens, LenientJson.Number(request, "maxTokens"))
            .Add(GenAiNames.RequestStopSequences, [.. LenientJson.Items(request, "stopSequences").Select(LenientText).OfType<string>()])
            .Add(GenAiNames.RequestStream, call.TimeToFirstTokenMs is null ? null : true)
            .Add(GenAiNames.FinishReasons, call.StopReason is { } reason ? [reason] : [])
            .Add(GenAiNames.TimeToFirstChunk, call.TimeToFirstTokenMs / 1000.0)
            .Add(GenAiNames.InputTokens, call.TokensIn)
            .Add(GenAiNames.OutputTokens, call.TokensOut)
            .Add(GenAiNames.CacheReadTokens, call.CacheReadTokens)
            .Add(GenAiNames.CacheCreationTokens, call.CacheWriteTokens)
            .Add(GenAiNames.ReasoningTokens, call.ReasoningTokens)
            .Add(GenAiNames.SystemInstructions, content?.SystemInstructions)
            .Add(GenAiNames.InputMessages, content?.InputMessages)
            .Add(GenAiNames.OutputMessages, content?.OutputMessages)
            .Add(GenAiNames.ToolDefinitions, content?.ToolDefinitions)
            .Add(GenAiNames.ServerAddress, server?.Host)
            .Add(GenAiNames.ServerPort, server?.Port)
            .Add(GenAiNames.ErrorType, error is null ? null : call.ErrorCode ?? "_OTHER")
            .Add("platform.cost_usd", (double?)call.CostUsd));
    }

    public void WriteTools()
    {
        var position = 0;
        foreach (var tool in LenientJson.Items(document, "toolExecutions"))
        {
            WriteTool(tool, position++);
        }
    }

    private void WriteTool(JsonElement tool, int position)
    {
        var name = LenientJson.Text(tool, "toolName") ?? "unknown";
        var error = LenientJson.Text(tool, "error");
        var callId = LenientJson.Text(tool, "llmCallId");

        // When a tool began is not recorded: its call's start is the closest that is.
        var start = trace.Calls.FirstOrDefault(call => call.CallId == callId)?.StartedAt ?? trace.Row.StartedAt;
        var span = new OtlpSpan(
            OtlpIds.Span(trace.Row, string.Create(CultureInfo.InvariantCulture, $"tool/{position}")),
            rootId,
            $"{GenAiNames.ExecuteTool} {name}",
            IsClient: false,
            start,
            IsoTime.After(start, LenientJson.Number(tool, "durationMs")),
            error);
        span.Write(json, traceId, attributes => attributes
            .Add(GenAiNames.OperationName, GenAiNames.ExecuteTool)
            .Add(GenAiNames.ToolName, name)
            .Add(GenAiNames.ToolType, "function")
            .Add(GenAiNames.ToolCallId, LenientJson.Text(tool, "toolCallId"))
            .Add(GenAiNames.ToolCallArguments, withContent ? LenientJson.Object(tool, "input")?.GetRawText() : null)
            .Add(GenAiNames.ToolCallResult, withContent ? LenientJson.Text(tool, "output") : null)
            .Add(GenAiNames.ErrorType, error is null ? null : "_OTHER"));
    }

    private IEnumerable<OtlpEvent> Events()
    {
        foreach (var step in LenientJson.Items(LenientJson.Object(document, "platform") ?? default, "decision"))
        {
            yield return new OtlpEvent("platform.decision", trace.Row.StartedAt, attributes => attributes
                .Add("platform.decision.rule", LenientJson.Text(step, "rule"))
                .Add("platform.decision.verdict", LenientJson.Text(step, "verdict"))
                .Add("platform.decision.detail", LenientJson.Text(step, "detail")));
        }

        foreach (var line in LenientJson.Items(document, "logs"))
        {
            yield return new OtlpEvent("log", IsoTime.After(trace.Row.StartedAt, LenientJson.Number(line, "offsetMs")), attributes => attributes
                .Add("log.level", LenientJson.Text(line, "level"))
                .Add("log.message", LenientJson.Text(line, "message"))
                .Add("log.data", withContent ? LenientJson.Object(line, "data")?.GetRawText() : null));
        }
    }

    private OtlpSpan CallSpan(LlmCall call, string? error) => new(
        OtlpIds.Span(trace.Row, string.Create(CultureInfo.InvariantCulture, $"call/{call.Position}")),
        rootId,
        $"{operation} {call.Model}",
        IsClient: true,
        call.StartedAt,
        IsoTime.After(call.StartedAt, call.DurationMs),
        error);

    private JsonElement Document(LlmCall call) => LenientJson.Items(document, "llmCalls").ElementAtOrDefault(call.Position);

    private DateTimeOffset End(Trace row) => row.DurationMs is { } duration
        ? IsoTime.After(row.StartedAt, duration)
        : trace.Calls.Select(call => IsoTime.After(call.StartedAt, call.DurationMs)).Append(row.StartedAt).Max();

    private static string? LenientText(JsonElement value) => LenientJson.Text(value);

    private static double? Real(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number
            && value.GetDouble() is var number && double.IsFinite(number)
            ? number
            : null;
}
