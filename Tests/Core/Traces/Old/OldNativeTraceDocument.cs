using Platform.Core.Traces;
using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Platform.Contracts.Activations;
using Platform.Core.Bots;
using Platform.Core.Models.Calls;
using Platform.Core.Runs;
using Platform.Core.Storage;
using Platform.Core.Text;

namespace Platform.Tests.Core.Traces.Old;

/// <summary>
/// Writes our own traces in ChapterX's shape (camelCase, absent instead of null), so that one reader serves both; what
/// ChapterX does not know stands under the key <c>platform</c>.
/// </summary>
public static class OldTraceDocument
{
    private const int ContextPreviewLength = 150;

    private static readonly JsonWriterOptions Options = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes the document of a run.</summary>
    /// <returns>UTF-8 JSON, indented by two spaces.</returns>
    public static byte[] Write(ActivationRecord record)
    {
        var buffer = new ArrayBufferWriter<byte>(16 * 1024);
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            json.WriteString("traceId", record.TraceId);
            json.WriteString("timestamp", record.Claim.StartedAt.UtcDateTime);
            json.WriteString("channelId", record.Claim.ChannelId);
            WriteOptional(json, "triggeringMessageId", record.Claim.TriggerMessageId?.ToString());
            json.WriteString("botId", record.Bot.Handle);
            WriteActivation(json, record);
            WriteContext(json, record);
            WriteCalls(json, record);
            json.WriteStartArray("toolExecutions");
            json.WriteEndArray();
            WriteLogs(json, record.Log);
            WriteOutcome(json, record);
            json.WriteNumber("durationMs", (long)record.Log.Elapsed.TotalMilliseconds);
            json.WritePropertyName("config");
            json.WriteRawValue(BotDefinitionJson.Write(record.Bot));
            NativePlatformWriter.Write(json, record);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>The id of a call inside the document.</summary>
    public static string CallId(Guid traceId, int position) => $"{traceId}-llm-{position}";

    /// <summary>The name under which the document mentions a body.</summary>
    public static string BodyRef(string callId, string kind, int position) => $"{callId}-{kind}-{position}.json";

    private static void WriteActivation(Utf8JsonWriter json, ActivationRecord record)
    {
        json.WriteStartObject("activation");
        json.WriteString("reason", EnumText.Of(record.Claim.Reason));
        json.WriteStartArray("triggerEvents");
        if (record.Trigger is { } trigger)
        {
            json.WriteStartObject();
            json.WriteString("type", "message");
            json.WriteString("messageId", trigger.Id);
            json.WriteString("authorId", trigger.AuthorId);
            WriteOptional(json, "authorName", record.TriggerAuthor);
            json.WriteString("contentPreview", Preview.Of(trigger.Content, Trace.PreviewLength));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteContext(Utf8JsonWriter json, ActivationRecord record)
    {
        if (record.Context is not { } context)
        {
            return;
        }

        json.WriteStartObject("contextBuild");
        json.WriteNumber("messagesConsidered", context.Considered);
        json.WriteNumber("messagesIncluded", context.Messages.Count);
        json.WriteStartArray("messages");
        for (var position = 0; position < context.Messages.Count; position++)
        {
            WriteContextMessage(json, context.Messages[position], position);
        }

        json.WriteEndArray();
        json.WriteNumber("imagesIncluded", 0);
        WriteEmptyArray(json, "imageDetails");
        json.WriteNumber("toolCacheEntries", 0);
        WriteEmptyArray(json, "toolCacheDetails");
        json.WriteBoolean("didTruncate", context.TruncateReason is not null);
        WriteOptional(json, "truncateReason", context.TruncateReason);
        json.WriteNumber("messagesRolledOff", context.Considered - context.Messages.Count);
        json.WriteStartArray("stopSequences");
        foreach (var stop in record.Bot.StopSequences)
        {
            json.WriteStringValue(stop);
        }

        json.WriteEndArray();
        WriteEstimates(json, record.Bot, context);
        json.WriteStartObject("configSnapshot");
        json.WriteNumber("recencyWindow", record.Bot.RecencyWindowMessages);
        json.WriteNumber("rollingThreshold", record.Bot.RollingThreshold);
        json.WriteNumber("maxImages", 0);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteContextMessage(Utf8JsonWriter json, ContextMessage message, int position)
    {
        json.WriteStartObject();
        json.WriteNumber("position", position);
        json.WriteString("discordMessageId", message.MessageId);
        json.WriteString("participant", message.Participant);
        json.WriteString("contentPreview", message.Content.Length > ContextPreviewLength
            ? Preview.Of(message.Content, ContextPreviewLength) + "..."
            : message.Content);
        json.WriteNumber("contentLength", message.Content.Length);
        json.WriteNumber("tokenEstimate", TokenEstimate.Of(message.Content));
        WriteEmptyArray(json, "transformations");
        json.WriteBoolean("isTrigger", message.IsTrigger);
        json.WriteBoolean("hasImages", false);
        json.WriteNumber("imageCount", 0);
        json.WriteBoolean("hasCacheControl", false);
        json.WriteString("discordTimestamp", message.CreatedAt.UtcDateTime);
        json.WriteEndObject();
    }

    private static void WriteEstimates(Utf8JsonWriter json, BotDefinition bot, ActivationContext context)
    {
        var system = TokenEstimate.Of(bot.SystemPrompt);
        var messages = context.Messages.Sum(message => TokenEstimate.Of(message.Content));
        json.WriteStartObject("tokenEstimates");
        json.WriteNumber("system", system);
        json.WriteNumber("messages", messages);
        json.WriteNumber("images", 0);
        json.WriteNumber("tools", 0);
        json.WriteNumber("total", system + messages);
        json.WriteEndObject();
    }

    private static void WriteCalls(Utf8JsonWriter json, ActivationRecord record)
    {
        json.WriteStartArray("llmCalls");
        for (var position = 0; position < record.Calls.Count; position++)
        {
            NativeCallWriter.Write(json, record, position);
        }

        json.WriteEndArray();
    }

    private static void WriteLogs(Utf8JsonWriter json, RunLog log)
    {
        json.WriteStartArray("logs");
        foreach (var line in log.Lines)
        {
            json.WriteStartObject();
            json.WriteNumber("offsetMs", (long)line.Offset.TotalMilliseconds);
            json.WriteString("level", line.Level);
            json.WriteString("message", line.Message);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteOutcome(Utf8JsonWriter json, ActivationRecord record)
    {
        json.WriteStartObject("outcome");
        json.WriteBoolean("success", record.State is ActivationState.Answered or ActivationState.Silent);
        json.WriteString("responseText", record.Text);
        json.WriteNumber("responseLength", record.Text.Length);
        json.WriteStartArray("sentMessageIds");
        if (record.AnswerMessageId is { } sent)
        {
            json.WriteStringValue(sent);
        }

        json.WriteEndArray();
        json.WriteNumber("messagesSent", record.AnswerMessageId is null ? 0 : 1);
        json.WriteNumber("maxToolDepth", 0);
        json.WriteBoolean("hitMaxToolDepth", false);
        if (record.Error is { } error)
        {
            json.WriteStartObject("error");
            json.WriteString("message", error.Message);
            json.WriteString("phase", record.ErrorPhase ?? "llm_call");
            json.WriteString("code", error.Code);
            json.WriteEndObject();
        }

        json.WriteStartObject("stateUpdates");
        json.WriteBoolean("cacheMarkerUpdated", false);
        json.WriteBoolean("messageCountReset", false);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteEmptyArray(Utf8JsonWriter json, string name)
    {
        json.WriteStartArray(name);
        json.WriteEndArray();
    }

    internal static void WriteOptional(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }
}
