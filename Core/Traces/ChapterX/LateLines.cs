using Npgsql;
using Platform.Core.Storage;

namespace Platform.Core.Traces.ChapterX;

/// <summary>Completes traces that were imported before their line of the index was written.</summary>
internal sealed class LateLines(NpgsqlConnection connection, string tenantId)
{
    private const int Batch = 500;

    public async Task StoreAsync(IReadOnlyList<IndexedLine> lines, CancellationToken cancellationToken)
    {
        foreach (var some in lines.Chunk(Batch))
        {
            await StoreBatchAsync(some, cancellationToken);
        }
    }

    private Task<int> StoreBatchAsync(IndexedLine[] lines, CancellationToken cancellationToken) =>
        connection.Sql(
            """
            with line as (
                select * from unnest(@ids, @times, @bots, @names, @triggers, @responses, @words, @positions, @lines)
                    as line(source_trace_id, started_at, bot, channel_name, trigger_preview, response_preview, words, position, bytes)),
            late as (
                update trace_documents d
                set index_position = line.position, index_line = line.bytes
                from line
                join traces t on t.tenant_id = @tenant and t.source_trace_id = line.source_trace_id and t.started_at = line.started_at
                    and t.bot = coalesce(line.bot, t.bot) and t.source = 'chapterx'
                where d.stored_day = t.document_day and d.trace_id = t.id and d.index_position is null
                returning d.trace_id, line.*)
            update traces t
            set channel_name = coalesce(late.channel_name, t.channel_name),
                trigger_preview = coalesce(late.trigger_preview, t.trigger_preview),
                response_preview = coalesce(late.response_preview, t.response_preview),
                words = t.words || trace_words(string_to_array(late.words, ' '))
            from late
            where t.id = late.trace_id
            """)
            .With("tenant", tenantId)
            .With("ids", lines.Select(line => line.Entry.TraceId).ToArray())
            .With("times", lines.Select(line => line.Entry.StartedAt).ToArray())
            .With("bots", lines.Select(line => line.Entry.Bot).ToArray())
            .With("names", lines.Select(line => line.Entry.ChannelName).ToArray())
            .With("triggers", lines.Select(line => line.Entry.TriggerPreview).ToArray())
            .With("responses", lines.Select(line => line.Entry.ResponsePreview).ToArray())
            .With("words", lines.Select(line => string.Join(' ', TraceWords.Of(line.Entry.TriggerPreview, line.Entry.ResponsePreview, line.Entry.ChannelName))).ToArray())
            .With("positions", lines.Select(line => line.Line.Position).ToArray())
            .With("lines", lines.Select(line => line.Line.Bytes).ToArray())
            .ExecuteAsync(cancellationToken);
}
