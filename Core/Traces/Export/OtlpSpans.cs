using System.Globalization;
using System.Text.Json;
using Platform.Contracts.Traces;
using Platform.Contracts.Traces.Document;
using Platform.Core.Json;
using Platform.Core.Models;
using Platform.Core.Storage;
using Platform.Core.Text;

namespace Platform.Core.Traces.Export;

/// <summary>The spans of one trace.</summary>
internal sealed class OtlpSpans(Utf8JsonWriter json, ExportedTrace trace, TraceDocument document, bool withContent)
{
    private readonly string _traceId = OtlpIds.Trace(trace.Row);
    private readonly string _rootId = OtlpIds.Span(trace.Row, "root");
    private readonly string _operation =
        LenientJson.Text(document.Config ?? default, "mode") == "base-model" ? GenAiNames.TextCompletion : GenAiNames.Chat;

    /// <summary>What the spans need of a document.</summary>
    public static TraceDocumentReader Parts { get; } = new(part => part is not
        (nameof(TraceDocument.RawDiscordMessages) or nameof(TraceDocument.ContextBuild) or nameof(TraceDocument.Activation)));

    public void WriteRoot()
    {
        var row = trace.Row;
        var error = row.Outcome == TraceOutcome.Failed ? row.ErrorMessage ?? "Failed." : null;
        new OtlpSpan(_rootId, null, $"{GenAiNames.InvokeAgent} {row.Bot}", IsClient: false, row.StartedAt, End(row), error).Write(
            json,
            _traceId,
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
        var request = document.LlmCalls.ElementAtOrDefault(call.Position)?.Request;
        var server = Uri.TryCreate(request?.ApiBaseUrl, UriKind.Absolute, out var address) ? address : null;
        var error = call.ErrorMessage ?? call.ErrorCode;
        CallSpan(call, error).Write(json, _traceId, attributes => attributes
            .Add(GenAiNames.OperationName, _operation)
            .Add(GenAiNames.ProviderName(), ProviderName.Of(call.Provider, call.Model))
            .Add(GenAiNames.AgentName, trace.Row.Bot)
            .Add(GenAiNames.ConversationId, trace.Row.ChannelId)
            .Add(GenAiNames.RequestModel, call.Model)
            .Add(GenAiNames.RequestTemperature, request?.Temperature)
            .Add(GenAiNames.RequestMaxTokens, request?.MaxTokens)
            .Add(GenAiNames.RequestStopSequences, request?.StopSequences ?? [])
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
        foreach (var (position, tool) in document.ToolExecutions.Index())
        {
            WriteTool(tool, position);
        }
    }

    private void WriteTool(ToolPart tool, int position)
    {
        var name = tool.ToolName ?? "unknown";
        var error = LenientJson.Text(tool.Error);

        // When a tool began is not recorded: its call's start is the closest that is.
        var start = trace.Calls.FirstOrDefault(call => call.CallId == tool.LlmCallId)?.StartedAt ?? trace.Row.StartedAt;
        var span = new OtlpSpan(
            OtlpIds.Span(trace.Row, string.Create(CultureInfo.InvariantCulture, $"tool/{position}")),
            _rootId,
            $"{GenAiNames.ExecuteTool} {name}",
            IsClient: false,
            start,
            IsoTime.After(start, tool.DurationMs),
            error);
        span.Write(json, _traceId, attributes => attributes
            .Add(GenAiNames.OperationName, GenAiNames.ExecuteTool)
            .Add(GenAiNames.ToolName, name)
            .Add(GenAiNames.ToolType, "function")
            .Add(GenAiNames.ToolCallId, tool.ToolCallId)
            .Add(GenAiNames.ToolCallArguments, withContent ? ObjectText(tool.Input) : null)
            .Add(GenAiNames.ToolCallResult, withContent ? tool.Output : null)
            .Add(GenAiNames.ErrorType, error is null ? null : "_OTHER"));
    }

    private IEnumerable<OtlpEvent> Events()
    {
        foreach (var step in document.Platform?.Decision ?? [])
        {
            yield return new OtlpEvent("platform.decision", trace.Row.StartedAt, attributes => attributes
                .Add("platform.decision.rule", step.Rule)
                .Add("platform.decision.verdict", step.Verdict)
                .Add("platform.decision.detail", step.Detail));
        }

        foreach (var line in document.Logs)
        {
            yield return new OtlpEvent("log", IsoTime.After(trace.Row.StartedAt, line.OffsetMs), attributes => attributes
                .Add("log.level", line.Level)
                .Add("log.message", line.Message)
                .Add("log.data", withContent ? ObjectText(line.Data) : null));
        }
    }

    private OtlpSpan CallSpan(LlmCall call, string? error) => new(
        OtlpIds.Span(trace.Row, string.Create(CultureInfo.InvariantCulture, $"call/{call.Position}")),
        _rootId,
        $"{_operation} {call.Model}",
        IsClient: true,
        call.StartedAt,
        IsoTime.After(call.StartedAt, call.DurationMs),
        error);

    private DateTimeOffset End(Trace row) => row.DurationMs is { } duration
        ? IsoTime.After(row.StartedAt, duration)
        : trace.Calls.Select(call => IsoTime.After(call.StartedAt, call.DurationMs)).Append(row.StartedAt).Max();

    private static string? ObjectText(JsonElement? value) => value is { ValueKind: JsonValueKind.Object } json ? json.GetRawText() : null;
}
