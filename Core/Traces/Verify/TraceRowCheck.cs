using Npgsql;
using Platform.Core.Storage;

namespace Platform.Core.Traces.Verify;

/// <summary>Compares each trace's row with its document, its calls and its messages.</summary>
internal sealed class TraceRowCheck(NpgsqlDataSource source, VerifyReport report, Action<VerifyProblem> found)
{
    private const int Page = 500;

    private static readonly TimeSpan StatementTimeout = TimeSpan.FromMinutes(5);

    public async Task RunAsync(Action tell, CancellationToken cancellationToken)
    {
        var after = Guid.Empty;
        while (await ReadAsync(after, cancellationToken) is { Count: > 0 } traces)
        {
            foreach (var trace in traces)
            {
                CheckRows(trace);
            }

            await CheckDocumentsAsync(traces, tell, cancellationToken);
            after = traces[^1].Id;
            tell();
        }
    }

    private void CheckRows(CheckedTrace trace)
    {
        report.Traces++;
        report.Calls += trace.CallIds.Count;
        if (trace.CallIds.Count != trace.Calls)
        {
            found(new VerifyProblem(trace.Id, $"Its call count is {trace.Calls}, but the number of its calls is {trace.CallIds.Count}."));
        }
        else if (!trace.Positions.SequenceEqual(Enumerable.Range(0, trace.Calls)))
        {
            found(new VerifyProblem(trace.Id, "Its calls are not numbered from 0 without a gap."));
        }

        if (trace.MessageError is { } fault)
        {
            found(new VerifyProblem(trace.Id, fault));
        }
    }

    private Task<List<CheckedTrace>> ReadAsync(Guid after, CancellationToken cancellationToken) =>
        source.Sql(
            """
            select t.id, t.source_trace_id, t.bot, t.started_at, t.llm_call_count, t.tool_execution_count, t.document_day,
                array(select c.call_id from llm_calls c where c.trace_id = t.id order by c.position) as call_ids,
                array(select c.position from llm_calls c where c.trace_id = t.id order by c.position) as positions,
                (select m.triggers < 0 or m.contexts < 0 or m.triggers + m.contexts > cardinality(m.message_ids)
                    from trace_messages m where m.trace_id = t.id) as has_fault
            from traces t
            where t.id > @after
            order by t.id
            limit @count
            """)
            .With("after", after)
            .With("count", Page)
            .WithTimeout(StatementTimeout)
            .ListAsync(
                row => new CheckedTrace(
                    row.Get<Guid>("id"),
                    row.Get<string>("source_trace_id"),
                    row.Get<string>("bot"),
                    row.Get<DateTimeOffset>("started_at"),
                    row.Get<int>("llm_call_count"),
                    row.Get<int>("tool_execution_count"),
                    row.Get<DateOnly>("document_day"),
                    row.Get<bool?>("has_fault") is true ? "Its message count exceeds its message ids." : null,
                    row.Get<string[]>("call_ids"),
                    row.Get<int[]>("positions")),
                cancellationToken);

    private async Task CheckDocumentsAsync(IReadOnlyList<CheckedTrace> traces, Action tell, CancellationToken cancellationToken)
    {
        var missing = traces.ToDictionary(trace => trace.Id);
        var documents = source.Sql(
            """
            select d.trace_id, d.size_bytes, d.sha256, d.content, d.index_line, d.stream_lines, d.stream_bytes
            from unnest(@days, @ids) wanted (day, id)
            join trace_documents d on d.stored_day = wanted.day and d.trace_id = wanted.id
            """)
            .With("days", traces.Select(trace => trace.DocumentDay).ToArray())
            .With("ids", traces.Select(trace => trace.Id).ToArray())
            .WithTimeout(StatementTimeout)
            .Sequentially()
            .RowsAsync(cancellationToken);
        await foreach (var row in documents)
        {
            if (missing.Remove(row.Get<Guid>("trace_id"), out var trace))
            {
                CheckDocument(trace, row.Get<int>("size_bytes"), row.Get<byte[]>("sha256"), row.Get<byte[]>("content"));
                CheckLines(trace, row);
                tell();
            }
        }

        if (missing.Count > 0)
        {
            await CheckMissingAsync([.. missing.Keys], cancellationToken);
        }
    }

    private void CheckDocument(CheckedTrace trace, int size, byte[] sha256, byte[] content)
    {
        if (DocumentCheck.Expand("document", size, sha256, content, out var fault) is not { } document)
        {
            found(new VerifyProblem(trace.Id, fault ?? "The document cannot be read."));
            return;
        }

        report.Documents++;
        foreach (var difference in DocumentCheck.Errors(trace, document))
        {
            found(new VerifyProblem(trace.Id, difference));
        }
    }

    private void CheckLines(CheckedTrace trace, SqlRow row)
    {
        var (line, streams) = (row.GetOrNull<byte[]>("index_line"), row.GetOrNull<byte[]>("stream_lines"));
        foreach (var fault in DocumentCheck.LineErrors(trace, line, streams, row.Get<int?>("stream_bytes")))
        {
            found(new VerifyProblem(trace.Id, fault));
        }
    }

    /// <summary>Checks again: retention may have dropped the day, or the trace altogether, since it was read.</summary>
    private async Task CheckMissingAsync(Guid[] ids, CancellationToken cancellationToken)
    {
        var undocumented = source.Sql(
            """
            select t.id, exists (select from dropped_partitions p where p.parent = @parent and p.day = t.document_day) as is_dropped
            from traces t
            where t.id = any(@ids)
                and not exists (select from trace_documents d where d.stored_day = t.document_day and d.trace_id = t.id)
            """)
            .With("parent", DayPartitions.Documents)
            .With("ids", ids)
            .WithTimeout(StatementTimeout)
            .RowsAsync(cancellationToken);
        await foreach (var row in undocumented)
        {
            if (row.Get<bool>("is_dropped"))
            {
                report.DocumentsDropped++;
            }
            else
            {
                found(new VerifyProblem(row.Get<Guid>("id"), "Its document is missing, and its day was not deleted by retention."));
            }
        }
    }
}
