using System.Data;
using Npgsql;
using Platform.Core.Storage;

namespace Platform.Core.Traces.Verify;

/// <summary>Compares each trace's row with its document, its calls and its messages.</summary>
internal sealed class TraceRowCheck(NpgsqlDataSource source, VerifyReport report, Action<VerifyProblem> found)
{
    private const int Page = 500;
    private const int PatienceSeconds = 300;

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
            found(new VerifyProblem(trace.Id, $"It counts {trace.Calls} calls and has {trace.CallIds.Count}."));
        }
        else if (!trace.Positions.SequenceEqual(Enumerable.Range(0, trace.Calls)))
        {
            found(new VerifyProblem(trace.Id, "Its calls are not numbered from 0 without a gap."));
        }

        if (trace.MessageFault is { } fault)
        {
            found(new VerifyProblem(trace.Id, fault));
        }
    }

    private async Task<List<CheckedTrace>> ReadAsync(Guid after, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(
            """
            select t.id, t.source_trace_id, t.bot, t.started_at, t.llm_call_count, t.tool_execution_count, t.document_day,
                array(select c.call_id from llm_calls c where c.trace_id = t.id order by c.position),
                array(select c.position from llm_calls c where c.trace_id = t.id order by c.position),
                (select m.triggers < 0 or m.contexts < 0 or m.triggers + m.contexts > cardinality(m.message_ids)
                    from trace_messages m where m.trace_id = t.id)
            from traces t
            where t.id > @after
            order by t.id
            limit @count
            """);
        command.CommandTimeout = PatienceSeconds;
        command.Parameters.AddWithValue("after", after);
        command.Parameters.AddWithValue("count", Page);
        List<CheckedTrace> traces = [];
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var hasFault = !await reader.IsDBNullAsync(9, cancellationToken) && reader.GetBoolean(9);
            traces.Add(new CheckedTrace(
                reader.GetGuid(0),
                reader.GetString(1),
                reader.GetString(2),
                reader.GetFieldValue<DateTimeOffset>(3),
                reader.GetInt32(4),
                reader.GetInt32(5),
                reader.GetFieldValue<DateOnly>(6),
                hasFault ? "It counts more messages than it has." : null,
                reader.GetFieldValue<string[]>(7),
                reader.GetFieldValue<int[]>(8)));
        }

        return traces;
    }

    private async Task CheckDocumentsAsync(IReadOnlyList<CheckedTrace> traces, Action tell, CancellationToken cancellationToken)
    {
        var missing = traces.ToDictionary(trace => trace.Id);
        await using (var command = source.CreateCommand(
            """
            select d.trace_id, d.size_bytes, d.sha256, d.content, d.index_line, d.stream_lines, d.stream_bytes
            from unnest(@days, @ids) wanted (day, id)
            join trace_documents d on d.stored_day = wanted.day and d.trace_id = wanted.id
            """))
        {
            command.CommandTimeout = PatienceSeconds;
            command.Parameters.AddWithValue("days", traces.Select(trace => trace.DocumentDay).ToArray());
            command.Parameters.AddWithValue("ids", traces.Select(trace => trace.Id).ToArray());
            await using var reader = await command.ExecuteReaderAsync(CommandBehavior.SequentialAccess, cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                if (missing.Remove(reader.GetGuid(0), out var trace))
                {
                    CheckDocument(trace, reader.GetInt32(1), reader.GetFieldValue<byte[]>(2), reader.GetFieldValue<byte[]>(3));
                    CheckLines(trace, reader);
                    tell();
                }
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
        foreach (var difference in DocumentCheck.Faults(trace, document))
        {
            found(new VerifyProblem(trace.Id, difference));
        }
    }

    private void CheckLines(CheckedTrace trace, NpgsqlDataReader reader)
    {
        var (line, streams) = (Bytes(reader, 4), Bytes(reader, 5));
        foreach (var fault in DocumentCheck.LineFaults(trace, line, streams, reader.IsDBNull(6) ? null : reader.GetInt32(6)))
        {
            found(new VerifyProblem(trace.Id, fault));
        }
    }

    private static byte[]? Bytes(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetFieldValue<byte[]>(column);

    /// <summary>Looks again: retention may have dropped the day, or the trace altogether, since it was read.</summary>
    private async Task CheckMissingAsync(Guid[] ids, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(
            """
            select t.id, exists (select from dropped_partitions p where p.parent = @parent and p.day = t.document_day)
            from traces t
            where t.id = any(@ids)
                and not exists (select from trace_documents d where d.stored_day = t.document_day and d.trace_id = t.id)
            """);
        command.CommandTimeout = PatienceSeconds;
        command.Parameters.AddWithValue("parent", DayPartitions.Documents);
        command.Parameters.AddWithValue("ids", ids);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            if (reader.GetBoolean(1))
            {
                report.DocumentsDropped++;
            }
            else
            {
                found(new VerifyProblem(reader.GetGuid(0), "It has no document, and its day was not dropped."));
            }
        }
    }
}
