using Npgsql;
using NpgsqlTypes;
using Platform.Contracts.Activations;
using Platform.Core.Activations.Queue;
using Platform.Core.EventLog;
using Platform.Core.Runs;
using Platform.Core.Storage;
using Platform.Core.Text;
using Platform.Core.Traces;

namespace Platform.Core.Activations.Completion;

/// <summary>
/// Ends many activations whose decision was "no" together: states, traces, documents and message ids in one statement, so
/// that one commit serves all. Each must still be the newest claim; what is not is left out.
/// </summary>
public sealed class SilentCompletion(NpgsqlDataSource source, DayPartitions partitions)
{
    private const string Sql =
        $"""
        with silent as (
            select *
            from unnest(@ids, @fences, @reasons, @traces, @tenants, @bots, @botIds, @channels, @channelNames, @triggers, @causes,
                @startedAt, @durations, @previews, @words, @otelIds, @sizes, @hashes, @contents, @eventIds, @eventTypes, @eventData)
                as one (id, fence, reason, trace, tenant, bot, bot_id, channel, channel_name, trigger, cause,
                    started_at, duration, preview, words, otel_id, size, hash, content, event_id, event_type, event_data)
        ), {ClaimSql.Newest}, ended as (
            update activations a
            set state = 'silent', silent_reason = silent.reason, finished_at = now(), lease_until = null
            from silent join own on own.id = silent.id
            where a.id = own.id
            returning a.id
        ), stored as (
            insert into traces (id, tenant_id, source, source_trace_id, bot, bot_id, channel_id, channel_name, activation_id,
                trigger_message_id, reason, outcome, silent_reason, started_at, duration_ms, trigger_preview, words, otel_trace_id, document_day)
            select trace, tenant, 'native', trace::text, bot, bot_id, channel, channel_name, silent.id,
                trigger, cause, 'silent', silent.reason, started_at, duration, preview, trace_words(string_to_array(words, ' ')), otel_id, (now() at time zone 'utc')::date
            from silent join ended on ended.id = silent.id
        ), documents as (
            insert into trace_documents (stored_day, trace_id, size_bytes, sha256, content)
            select (now() at time zone 'utc')::date, trace, size, hash, content
            from silent join ended on ended.id = silent.id
        ), messages as (
            insert into trace_messages (trace_id, message_ids, triggers, contexts)
            select trace, array[trigger], 1, 0
            from silent join ended on ended.id = silent.id
            where trigger is not null
        ), grown as (
            delete from generations where activation_id in (select id from ended)
        ), tried as (
            delete from deferred_calls where activation_id in (select id from ended)
        ), told as (
            insert into event_inbox (id, tenant_id, type, activation_id, activation_fence, data)
            select event_id, tenant, event_type, silent.id, fence, event_data
            from silent join ended on ended.id = silent.id
            order by silent.id
        )
        select id, pg_notify('{PlatformEventWriter.WakeChannel}', '') from ended
        """;

    /// <summary>Stores runs that made no model call.</summary>
    /// <param name="records">Each <see cref="ActivationState.Silent"/>, without calls and context.</param>
    /// <param name="cancellationToken">Cancels the write.</param>
    /// <returns>The activations that ended by this; the others were no longer the caller's.</returns>
    /// <exception cref="NpgsqlException">Postgres cannot be reached. Trying again is safe.</exception>
    public async Task<IReadOnlySet<Guid>> CompleteAsync(IReadOnlyList<RunRecord> records, CancellationToken cancellationToken)
    {
        try
        {
            return await TryCompleteAsync(records, cancellationToken);
        }
        catch (PostgresException exception) when (DayPartitions.IsMissing(exception))
        {
            await partitions.EnsureAsync(cancellationToken);
            return await TryCompleteAsync(records, cancellationToken);
        }
    }

    private async Task<IReadOnlySet<Guid>> TryCompleteAsync(IReadOnlyList<RunRecord> records, CancellationToken cancellationToken)
    {
        var command = source.Sql(Sql);
        AddActivations(command, records);
        AddTraces(command, records);
        AddDocuments(command, [.. records.Select(record => CompressedContent.Of(NativeTraceDocument.Write(record)))]);
        AddEvents(command, [.. records.Select(record => ActivationEvents.Ended(record).Single())]);
        return (await command.ListAsync(row => row.Get<Guid>("id"), cancellationToken)).ToHashSet();
    }

    private static void AddActivations(SqlStatement command, IReadOnlyList<RunRecord> records)
    {
        Add(command, "ids", NpgsqlDbType.Uuid, records, record => record.Claim.Id);
        Add(command, "fences", NpgsqlDbType.Bigint, records, record => record.Claim.Fence);
        Add(command, "reasons", NpgsqlDbType.Text, records, record => record.SilentReason);
    }

    private static void AddTraces(SqlStatement command, IReadOnlyList<RunRecord> records)
    {
        Add(command, "traces", NpgsqlDbType.Uuid, records, record => record.TraceId);
        Add(command, "tenants", NpgsqlDbType.Text, records, record => record.Claim.TenantId);
        Add(command, "bots", NpgsqlDbType.Text, records, record => record.Bot.Handle);
        Add(command, "botIds", NpgsqlDbType.Uuid, records, record => record.Claim.BotId);
        Add(command, "channels", NpgsqlDbType.Text, records, record => record.Claim.ChannelId.ToString());
        Add(command, "channelNames", NpgsqlDbType.Text, records, record => record.ChannelName);
        Add(command, "triggers", NpgsqlDbType.Text, records, record => record.Claim.TriggerMessageId?.ToString());
        Add(command, "causes", NpgsqlDbType.Text, records, record => EnumText.Of(record.Claim.Reason));
        Add(command, "startedAt", NpgsqlDbType.TimestampTz, records, record => record.Claim.StartedAt);
        Add(command, "durations", NpgsqlDbType.Integer, records, record => (int)record.Log.Elapsed.TotalMilliseconds);
        Add(command, "previews", NpgsqlDbType.Text, records, Question);

        // One text a row: rows of arrays of differing lengths are no array. A word has no space.
        Add(command, "words", NpgsqlDbType.Text, records, record => string.Join(' ', TraceWords.Of(Question(record), record.ChannelName)));
        Add(command, "otelIds", NpgsqlDbType.Text, records, record => record.OtelTraceId);
    }

    private static string? Question(RunRecord record) =>
        record.Trigger is { } trigger ? Preview.Of(trigger.Content, Trace.PreviewLength) : null;

    private static void AddDocuments(SqlStatement command, CompressedContent[] documents)
    {
        Add(command, "sizes", NpgsqlDbType.Integer, documents, document => document.SizeBytes);
        Add(command, "hashes", NpgsqlDbType.Bytea, documents, document => document.Sha256);
        Add(command, "contents", NpgsqlDbType.Bytea, documents, document => document.Content);
    }

    private static void AddEvents(SqlStatement command, NewPlatformEvent[] events)
    {
        Add(command, "eventIds", NpgsqlDbType.Uuid, events, told => told.Id);
        Add(command, "eventTypes", NpgsqlDbType.Text, events, told => told.Type);
        Add(command, "eventData", NpgsqlDbType.Jsonb, events, told => told.Data);
    }

    private static void Add<TRow, TValue>(
        SqlStatement command, string name, NpgsqlDbType type, IReadOnlyList<TRow> rows, Func<TRow, TValue> value) =>
        command.With(name, rows.Select(value).ToArray(), NpgsqlDbType.Array | type);
}
