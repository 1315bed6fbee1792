using Platform.Core.Traces;
using System.Globalization;
using System.Text.Json;
using Platform.Contracts.Traces;
using Platform.Core.Models.Calls;
using Platform.Core.Runs;
using Platform.Core.Storage;

namespace Platform.Tests.Core.Traces.Old;

/// <summary>Writes one model request of our own trace document.</summary>
internal static class NativeCallWriter
{
    public static void Write(Utf8JsonWriter json, ActivationRecord record, int position)
    {
        var call = record.Calls[position];
        var callId = OldTraceDocument.CallId(record.TraceId, position);
        json.WriteStartObject();
        json.WriteString("callId", callId);
        json.WriteNumber("depth", 0);
        json.WriteString("startedAt", call.StartedAt.UtcDateTime);
        json.WriteNumber("durationMs", (long)call.Duration.TotalMilliseconds);
        json.WriteString("model", call.Model);
        if (call.Provider is not null)
        {
            json.WriteString("provider", call.Provider);
        }

        if (call.TimeToFirstToken is { } first)
        {
            json.WriteNumber("timeToFirstTokenMs", (long)first.TotalMilliseconds);
        }

        WriteRequest(json, record, call);
        WriteRefs(json, call, callId, BodyKind.Request, "requestBodyRef");
        WriteResponse(json, call);
        WriteRefs(json, call, callId, BodyKind.Response, "responseBodyRef");
        WriteUsage(json, call);
        WriteTimeline(json, call);
        if (call.Error is { } error)
        {
            json.WriteStartObject("error");
            json.WriteString("message", error.Message);
            json.WriteString("code", error.Code);
            json.WriteNumber("retryCount", 0);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void WriteRequest(Utf8JsonWriter json, ActivationRecord record, ModelCallResult call)
    {
        json.WriteStartObject("request");
        json.WriteNumber("messageCount", record.Context?.Messages.Count ?? 0);
        json.WriteNumber("systemPromptLength", record.Bot.SystemPrompt.Length);
        json.WriteBoolean("hasTools", false);
        json.WriteNumber("toolCount", 0);
        if (record.Bot.Temperature is { } temperature)
        {
            json.WriteNumber("temperature", temperature);
        }

        json.WriteNumber("maxTokens", record.Bot.MaxTokens);
        if (call.ApiBase is not null)
        {
            json.WriteString("apiBaseUrl", call.ApiBase);
        }

        json.WriteEndObject();
    }

    private static void WriteResponse(Utf8JsonWriter json, ModelCallResult call)
    {
        json.WriteStartObject("response");
        if (call.StopReason is not null)
        {
            json.WriteString("stopReason", call.StopReason);
        }

        json.WriteNumber("contentBlocks", call.Text.Length > 0 ? 1 : 0);
        json.WriteNumber("textLength", call.Text.Length);
        json.WriteNumber("toolUseCount", 0);
        json.WriteEndObject();
    }

    /// <summary>ChapterX names the first request or last response alone, and all of them in a list.</summary>
    private static void WriteRefs(Utf8JsonWriter json, ModelCallResult call, string callId, BodyKind kind, string name)
    {
        var refs = call.Bodies.Where(body => body.Kind == kind)
            .Select((_, index) => OldTraceDocument.BodyRef(callId, EnumText.Of(kind), index)).ToList();
        if (refs.Count == 0)
        {
            return;
        }

        json.WriteString(name, kind == BodyKind.Request ? refs[0] : refs[^1]);
        json.WriteStartArray(name + "s");
        foreach (var reference in refs)
        {
            json.WriteStringValue(reference);
        }

        json.WriteEndArray();
    }

    private static void WriteTimeline(Utf8JsonWriter json, ModelCallResult call)
    {
        if (call.Timeline is not { } timeline)
        {
            return;
        }

        json.WriteStartObject("timeline");
        json.WriteNumber("chunks", timeline.Chunks);
        json.WritePropertyName("points");
        json.WriteRawValue(PointsOf(timeline)); // in one line: indented, it would be most of the document
        json.WriteStartArray("stalls");
        foreach (var stall in timeline.Stalls)
        {
            json.WriteStartObject();
            json.WriteNumber("atMs", stall.AtMs);
            json.WriteNumber("durationMs", stall.DurationMs);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static string PointsOf(StreamTimeline timeline) =>
        $"[{string.Join(',', timeline.Points.Select(point => string.Create(CultureInfo.InvariantCulture, $"[{point.AtMs},{point.Characters}]")))}]";

    private static void WriteUsage(Utf8JsonWriter json, ModelCallResult call)
    {
        json.WriteStartObject("tokenUsage");
        json.WriteNumber("inputTokens", call.TokensIn ?? 0);
        json.WriteNumber("outputTokens", call.TokensOut ?? 0);
        if (call.CacheWriteTokens is { } written)
        {
            json.WriteNumber("cacheCreationTokens", written);
        }

        if (call.CacheReadTokens is { } read)
        {
            json.WriteNumber("cacheReadTokens", read);
        }

        if (call.ReasoningTokens is { } reasoning)
        {
            json.WriteNumber("reasoningTokens", reasoning);
        }

        json.WriteEndObject();
    }
}
