using Npgsql;
using Platform.Contracts.Activations;
using Platform.Contracts.Traces;
using Platform.Core.Models.Calls;
using Platform.Core.Runs;
using Platform.Core.Storage;
using Platform.Core.Text;

namespace Platform.Core.Traces;

/// <summary>Adds the rows of our own trace to a batch: summary, document, messages, calls and bodies.</summary>
internal static class NativeTraceWriter
{
    private const string Today = "(now() at time zone 'utc')::date";

    /// <summary>Adds everything that a run leaves behind but its message.</summary>
    /// <param name="batch">A batch inside the transaction that ends the activation.</param>
    /// <param name="record">The run.</param>
    public static void AddTo(NpgsqlBatch batch, RunRecord record)
    {
        AddSummary(batch, record);
        AddDocument(batch, record.TraceId, CompressedContent.Of(NativeTraceDocument.Write(record)));
        AddMessages(batch, record);
        for (var position = 0; position < record.Calls.Count; position++)
        {
            AddCall(batch, record, position);
        }
    }

    private static void AddSummary(NpgsqlBatch batch, RunRecord record)
    {
        var claim = record.Claim;
        var last = record.Calls is [.., var call] ? call : null;
        var question = record.Trigger is { } trigger ? Preview.Of(trigger.Content, Trace.PreviewLength) : null;
        var answer = record.Text.Length > 0 ? Preview.Of(record.Text, Trace.PreviewLength) : null;
        var participants = Participants.Of((record.Context?.Messages ?? []).Select(message => message.Participant));
        batch.Add(
            $"""
            insert into traces (id, tenant_id, source, source_trace_id, bot, bot_id, channel_id, channel_name, activation_id,
                trigger_message_id, reason, outcome, silent_reason, error_code, error_message, error_phase, started_at, duration_ms,
                llm_call_count, tokens_in, tokens_out, tokens_estimated, model, rehearsal, trigger_preview, response_preview, participants, words, otel_trace_id, document_day)
            values (@id, @tenant, 'native', @sourceId, @bot, @botId, @channel, @channelName, @activation,
                @trigger, @reason, @outcome, @silentReason, @errorCode, @errorMessage, @errorPhase, @startedAt, @duration,
                @calls, @tokensIn, @tokensOut, @tokensEstimated, @model, @rehearsal, @triggerPreview, @responsePreview, @participants, trace_words(@words), @otelTraceId, {Today})
            """)
            .With("id", record.TraceId)
            .With("tenant", claim.TenantId)
            .With("sourceId", record.TraceId.ToString())
            .With("bot", record.Bot.Handle)
            .With("botId", claim.BotId)
            .With("channel", claim.ChannelId.ToString())
            .With("channelName", record.ChannelName)
            .With("activation", claim.Id)
            .With("trigger", claim.TriggerMessageId?.ToString())
            .With("reason", EnumText.Of(claim.Reason))
            .With("outcome", EnumText.Of(OutcomeOf(record.State)))
            .With("silentReason", record.SilentReason)
            .With("errorCode", record.Error?.Code)
            .With("errorMessage", record.Error?.Message)
            .With("errorPhase", record.ErrorPhase)
            .With("startedAt", claim.StartedAt)
            .With("duration", (int)record.Log.Elapsed.TotalMilliseconds)
            .With("calls", record.Calls.Count)
            .With("tokensIn", record.Calls.Sum(one => (long)(one.TokensIn ?? 0)))
            .With("tokensOut", record.Calls.Sum(one => (long)(one.TokensOut ?? 0)))
            .With("tokensEstimated", record.Calls.Any(one => one.TokensEstimated))
            .With("model", last?.Model)
            .With("rehearsal", last?.Rehearsal ?? false)
            .With("triggerPreview", question)
            .With("responsePreview", answer)
            .With("participants", participants)
            .With("words", TraceWords.Of(question, answer, record.ChannelName, participants, last?.Model, record.Error?.Code, record.Error?.Message))
            .With("otelTraceId", record.OtelTraceId);
    }

    private static void AddDocument(NpgsqlBatch batch, Guid traceId, CompressedContent document) => batch.Add(
        $"insert into trace_documents (stored_day, trace_id, size_bytes, sha256, content) values ({Today}, @id, @size, @sha256, @content)")
        .With("id", traceId)
        .With("size", document.SizeBytes)
        .With("sha256", document.Sha256)
        .With("content", document.Content);

    private static void AddMessages(NpgsqlBatch batch, RunRecord record)
    {
        var messages = TraceMessages.Of(
            record.TraceId,
            record.Claim.TriggerMessageId is { } trigger ? [trigger.ToString()] : [],
            (record.Context?.Messages ?? []).Select(message => message.MessageId.ToString()),
            record.AnswerMessageId is { } sent ? [sent.ToString()] : []);
        if (messages is null)
        {
            return;
        }

        batch.Add(
            "insert into trace_messages (trace_id, message_ids, triggers, contexts) values (@trace, @ids, @triggers, @contexts)")
            .With("trace", messages.TraceId)
            .With("ids", messages.MessageIds)
            .With("triggers", messages.Triggers)
            .With("contexts", messages.Contexts);
    }

    private static void AddCall(NpgsqlBatch batch, RunRecord record, int position)
    {
        var call = record.Calls[position];
        var id = Guid.CreateVersion7();
        var callId = NativeTraceDocument.CallId(record.TraceId, position);
        batch.Add(
            """
            insert into llm_calls (id, trace_id, position, call_id, provider, model, rehearsal, started_at, duration_ms, time_to_first_token_ms,
                tokens_in, tokens_out, tokens_estimated, cache_read_tokens, cache_write_tokens, reasoning_tokens, stop_reason, error_code, error_message)
            values (@id, @trace, @position, @callId, @provider, @model, @rehearsal, @startedAt, @duration, @firstToken,
                @tokensIn, @tokensOut, @tokensEstimated, @cacheRead, @cacheWrite, @reasoning, @stopReason, @errorCode, @errorMessage)
            """)
            .With("id", id)
            .With("trace", record.TraceId)
            .With("position", position)
            .With("callId", callId)
            .With("provider", call.Provider)
            .With("model", call.Model)
            .With("rehearsal", call.Rehearsal)
            .With("startedAt", call.StartedAt.ToUniversalTime())
            .With("duration", (int)call.Duration.TotalMilliseconds)
            .With("firstToken", (int?)call.TimeToFirstToken?.TotalMilliseconds)
            .With("tokensIn", call.TokensIn)
            .With("tokensOut", call.TokensOut)
            .With("tokensEstimated", call.TokensEstimated)
            .With("cacheRead", call.CacheReadTokens)
            .With("cacheWrite", call.CacheWriteTokens)
            .With("reasoning", call.ReasoningTokens)
            .With("stopReason", call.StopReason)
            .With("errorCode", call.Error?.Code)
            .With("errorMessage", call.Error?.Message);
        foreach (var group in call.Bodies.GroupBy(body => body.Kind))
        {
            var index = 0;
            foreach (var body in group)
            {
                AddBody(batch, id, callId, body, index++);
            }
        }
    }

    private static void AddBody(NpgsqlBatch batch, Guid callRowId, string callId, ModelBody body, int position)
    {
        var stored = CompressedContent.Of(body.Bytes.Span);
        var kind = EnumText.Of(body.Kind);
        batch.Add(
            $"""
            insert into bodies (stored_day, sha256, size_bytes, content) values ({Today}, @sha256, @size, @content)
            on conflict (stored_day, sha256) do nothing
            """)
            .With("sha256", stored.Sha256)
            .With("size", stored.SizeBytes)
            .With("content", stored.Content);
        batch.Add(
            $"""
            insert into llm_call_bodies (llm_call_id, kind, position, ref, stored_day, sha256)
            values (@call, @kind, @position, @ref, {Today}, @sha256)
            """)
            .With("call", callRowId)
            .With("kind", kind)
            .With("position", position)
            .With("ref", NativeTraceDocument.BodyRef(callId, kind, position))
            .With("sha256", stored.Sha256);
    }

    private static TraceOutcome OutcomeOf(ActivationState state) => state switch
    {
        ActivationState.Answered => TraceOutcome.Answered,
        ActivationState.Silent => TraceOutcome.Silent,
        ActivationState.Cancelled => TraceOutcome.Cancelled,
        _ => TraceOutcome.Failed,
    };
}
