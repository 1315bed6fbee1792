using Npgsql;
using Platform.Contracts.Traces;
using Platform.Core.Storage;
using Platform.Core.Traces.Imports;

namespace Platform.Core.Traces.ChapterX;

/// <summary>
/// Stores traces by COPY, a transaction a batch. Only rows that may be there already go through a staging table; what hangs on a new trace
/// goes straight in. Several write at once: each inserts keys that another may be inserting too in the same order, so none waits in a circle.
/// </summary>
internal sealed class TraceBatchWriter(NpgsqlConnection connection, ILogTree tree, ImportMemory memory)
{
    private const string TraceColumns =
        """
        id, tenant_id, source, source_trace_id, bot, channel_id, channel_name, parent_channel_id, guild_id, is_thread, trigger_message_id,
        reason, outcome, silent_reason, error_code, error_message, error_phase, started_at, duration_ms, llm_call_count, tool_execution_count,
        tokens_in, tokens_out, model, trigger_preview, response_preview, participants, import_run_id, document_day
        """;

    private const string DocumentColumns =
        "stored_day, trace_id, size_bytes, sha256, content, source_path, index_position, index_line, stream_lines, stream_bytes";

    // A batch with large bodies takes its time, and others wait for their turn meanwhile.
    private static readonly TimeSpan StatementTimeout = TimeSpan.FromMinutes(10);

    private readonly BodyLoader _bodies = new(tree, memory);

    /// <summary>Makes the staging tables, which live as long as the connection is in use.</summary>
    public Task PrepareAsync(CancellationToken cancellationToken) =>
        connection.Sql(
            """
            create temp table import_traces (like traces including defaults) on commit delete rows;
            alter table import_traces add column word_list text[] not null;
            create temp table import_bodies (sha256 bytea, size_bytes integer, content bytea) on commit delete rows;
            """)
            .ExecuteAsync(cancellationToken);

    /// <summary>Stores the batch. A trace that the database refuses is singled out; the others go in.</summary>
    /// <exception cref="NpgsqlException">Postgres became unavailable.</exception>
    public async Task<BatchResult> WriteAsync(IReadOnlyList<ParsedTrace> batch, CancellationToken cancellationToken)
    {
        try
        {
            return await WriteTransactionAsync(batch, cancellationToken);
        }
        catch (PostgresException exception) when (exception.SqlState[..2] is "22" or "54")
        {
            // Class 22 is a value that the database does not take, class 54 one that is too long for an index.
            if (batch.Count == 1)
            {
                return new BatchResult(0, 0, 0, 0, [new FileProblem(batch[0].File.Path, $"The database rejected a value: {exception.MessageText}.")], []);
            }

            var half = batch.Count / 2;
            return await WriteAsync([.. batch.Take(half)], cancellationToken) + await WriteAsync([.. batch.Skip(half)], cancellationToken);
        }
    }

    private async Task<BatchResult> WriteTransactionAsync(IReadOnlyList<ParsedTrace> batch, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await BeginAsync(cancellationToken);
        var inserted = await InsertTracesAsync(batch, cancellationToken);
        var added = batch.Where(parsed => inserted.Contains(parsed.Trace.Id)).ToList();
        var unfilled = added.Count == batch.Count ? [] : await UnfilledOfPresentAsync(cancellationToken);

        var references = added.SelectMany(parsed => parsed.Bodies).Concat(unfilled).ToList();
        var keys = new Dictionary<BodyReference, byte[]>();
        List<FileProblem> losses = [];
        var bodiesImported = references.Count == 0 ? 0 : await InsertBodiesAsync(references, keys, losses, cancellationToken);

        await CopyDocumentsAsync(added, cancellationToken);
        await CopyMessagesAsync(added, cancellationToken);
        await CopyCallsAsync(added, cancellationToken);
        await CopyCallBodiesAsync(added, keys, cancellationToken);
        await FillAsync([.. unfilled.Where(body => keys.ContainsKey(BodyReference.Of(body)))], keys, cancellationToken);
        await transaction.CommitAsync(cancellationToken);

        var missing = references.Count(body => !keys.ContainsKey(BodyReference.Of(body)));
        return new BatchResult(added.Count, batch.Count - added.Count, bodiesImported, missing, [], losses);
    }

    /// <summary>A batch need not outlive a crash: the run is completed only by a durable commit, and what is lost is imported again.</summary>
    private Task<int> BeginAsync(CancellationToken cancellationToken) =>
        connection.Sql($"set local synchronous_commit = off; select {ImportTurn.Share}").WithTimeout(StatementTimeout).ExecuteAsync(cancellationToken);

    private async Task<HashSet<Guid>> InsertTracesAsync(IReadOnlyList<ParsedTrace> batch, CancellationToken cancellationToken)
    {
        await using (var rows = await CopyRows.BeginAsync(connection, "import_traces", $"{TraceColumns}, word_list", cancellationToken))
        {
            foreach (var parsed in batch)
            {
                CopyTrace(rows, parsed.Trace);
            }

            await rows.CompleteAsync(cancellationToken);
        }

        var inserted = await connection.Sql(
            $"""
            insert into traces ({TraceColumns}, words)
            select {TraceColumns}, trace_words(word_list) from import_traces order by tenant_id, source_trace_id, bot, started_at
            on conflict do nothing returning id
            """)
            .WithTimeout(StatementTimeout)
            .ListAsync(row => row.Get<Guid>("id"), cancellationToken);
        return [.. inserted];
    }

    private static void CopyTrace(CopyRows rows, Trace trace) => rows.Row()
        .Id(trace.Id).Text(trace.TenantId).Text(EnumText.Of(trace.Source)).Text(trace.SourceTraceId).Text(trace.Bot)
        .Text(trace.ChannelId).Text(trace.ChannelName).Text(trace.ParentChannelId).Text(trace.GuildId).Flag(trace.IsThread)
        .Text(trace.TriggerMessageId).Text(EnumText.Of(trace.Reason)).Text(EnumText.Of(trace.Outcome)).Text(trace.SilentReason)
        .Text(trace.ErrorCode).Text(trace.ErrorMessage).Text(trace.ErrorPhase).Instant(trace.StartedAt).Number(trace.DurationMs)
        .Number(trace.LlmCallCount).Number(trace.ToolExecutionCount).Long(trace.TokensIn).Long(trace.TokensOut).Text(trace.Model)
        .Text(trace.TriggerPreview).Text(trace.ResponsePreview).Text(trace.Participants).Id(trace.ImportRunId).Day(KeptPartition.Day)
        .Texts(TraceWords.Of(trace));

    /// <summary>Bodies that traces of this batch lacked when they were imported before.</summary>
    private Task<List<LlmCallBody>> UnfilledOfPresentAsync(CancellationToken cancellationToken) =>
        connection.Sql(
            """
            select link.llm_call_id, link.kind, link.position, link.ref
            from import_traces staged
            join traces on (traces.tenant_id, traces.bot, traces.source_trace_id, traces.started_at)
                = (staged.tenant_id, staged.bot, staged.source_trace_id, staged.started_at)
            join llm_calls call on call.trace_id = traces.id
            join llm_call_bodies link on link.llm_call_id = call.id
            where traces.id <> staged.id and not exists (
                select from bodies where bodies.stored_day = link.stored_day and bodies.sha256 = link.sha256)
            """)
            .ListAsync(
                row => new LlmCallBody
                {
                    LlmCallId = row.Get<Guid>("llm_call_id"),
                    Kind = row.Enum<BodyKind>("kind"),
                    Position = row.Get<int>("position"),
                    Ref = row.Get<string>("ref"),
                },
                cancellationToken);

    private async Task<int> InsertBodiesAsync(
        List<LlmCallBody> references, Dictionary<BodyReference, byte[]> keys, List<FileProblem> losses, CancellationToken cancellationToken)
    {
        await using (var rows = await CopyRows.BeginAsync(connection, "import_bodies", "sha256, size_bytes, content", cancellationToken))
        {
            await foreach (var loaded in _bodies.LoadAsync(references.Select(BodyReference.Of).Distinct(), cancellationToken))
            {
                if (loaded.Content is { } content)
                {
                    keys[loaded.Reference] = content.Sha256;
                    rows.Row().Bytes(content.Sha256).Number(content.SizeBytes).Bytes(content.Content);
                }
                else if (loaded.Problem is { } problem)
                {
                    losses.Add(problem);
                }
            }

            await rows.CompleteAsync(cancellationToken);
        }

        return await connection.Sql(
            """
            insert into bodies (stored_day, sha256, size_bytes, content)
            select @day, sha256, size_bytes, content from import_bodies order by sha256
            on conflict do nothing
            """)
            .With("day", KeptPartition.Day)
            .WithTimeout(StatementTimeout)
            .ExecuteAsync(cancellationToken);
    }

    private async Task CopyDocumentsAsync(List<ParsedTrace> added, CancellationToken cancellationToken)
    {
        await using var rows = await CopyRows.BeginAsync(connection, "trace_documents", DocumentColumns, cancellationToken);
        foreach (var (trace, document, origin) in added.Select(parsed => (parsed.Trace, parsed.Document, parsed.Origin)))
        {
            rows.Row().Day(KeptPartition.Day).Id(trace.Id).Number(document.SizeBytes).Bytes(document.Sha256).Bytes(document.Content)
                .Text(origin.Path).Long(origin.IndexPosition).Bytes(origin.IndexLine).Bytes(origin.Streams?.Content).Number(origin.Streams?.SizeBytes);
        }

        await rows.CompleteAsync(cancellationToken);
    }

    private async Task CopyMessagesAsync(List<ParsedTrace> added, CancellationToken cancellationToken)
    {
        await using var rows = await CopyRows.BeginAsync(connection, "trace_messages", "trace_id, message_ids, triggers, contexts", cancellationToken);
        foreach (var messages in added.Select(parsed => parsed.Messages).OfType<TraceMessages>())
        {
            rows.Row().Id(messages.TraceId).Texts(messages.MessageIds).Number(messages.Triggers).Number(messages.Contexts);
        }

        await rows.CompleteAsync(cancellationToken);
    }

    private async Task CopyCallsAsync(List<ParsedTrace> added, CancellationToken cancellationToken)
    {
        await using var rows = await CopyRows.BeginAsync(
            connection,
            "llm_calls",
            """
            id, trace_id, position, call_id, model, started_at, duration_ms, tokens_in, tokens_out, cache_read_tokens, cache_write_tokens,
            stop_reason, error_code, error_message
            """,
            cancellationToken);
        foreach (var call in added.SelectMany(parsed => parsed.Calls))
        {
            rows.Row().Id(call.Id).Id(call.TraceId).Number(call.Position).Text(call.CallId).Text(call.Model).Instant(call.StartedAt)
                .Number(call.DurationMs).Number(call.TokensIn).Number(call.TokensOut).Number(call.CacheReadTokens).Number(call.CacheWriteTokens)
                .Text(call.StopReason).Text(call.ErrorCode).Text(call.ErrorMessage);
        }

        await rows.CompleteAsync(cancellationToken);
    }

    private async Task CopyCallBodiesAsync(
        List<ParsedTrace> added, Dictionary<BodyReference, byte[]> keys, CancellationToken cancellationToken)
    {
        await using var rows = await CopyRows.BeginAsync(
            connection, "llm_call_bodies", "llm_call_id, kind, position, ref, stored_day, sha256", cancellationToken);
        foreach (var body in added.SelectMany(parsed => parsed.Bodies))
        {
            var key = keys.GetValueOrDefault(BodyReference.Of(body));
            rows.Row().Id(body.LlmCallId).Text(EnumText.Of(body.Kind)).Number(body.Position).Text(body.Ref)
                .Day(key is null ? null : KeptPartition.Day).Bytes(key);
        }

        await rows.CompleteAsync(cancellationToken);
    }

    private async Task FillAsync(
        List<LlmCallBody> found, Dictionary<BodyReference, byte[]> keys, CancellationToken cancellationToken)
    {
        if (found.Count == 0)
        {
            return;
        }

        // Rows are met in any order, so one writer at a time; whoever comes here has inserted all it will.
        await connection.Sql(
            """
            select pg_advisory_xact_lock(hashtextextended('chapterx import fills', 0));
            update llm_call_bodies link
            set stored_day = @day, sha256 = found.sha256
            from unnest(@calls, @kinds, @positions, @hashes) as found(llm_call_id, kind, position, sha256)
            where (link.llm_call_id, link.kind, link.position) = (found.llm_call_id, found.kind, found.position)
            """)
            .With("day", KeptPartition.Day)
            .With("calls", found.Select(body => body.LlmCallId).ToArray())
            .With("kinds", found.Select(body => EnumText.Of(body.Kind)).ToArray())
            .With("positions", found.Select(body => body.Position).ToArray())
            .With("hashes", found.Select(body => keys[BodyReference.Of(body)]).ToArray())
            .ExecuteAsync(cancellationToken);
    }
}
