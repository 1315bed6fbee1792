using Npgsql;
using NpgsqlTypes;

namespace Platform.Core.Traces.ChapterX;

/// <summary>Gives traces that were imported before their line of the index was written what that line says.</summary>
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

    private async Task StoreBatchAsync(IndexedLine[] lines, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
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
                words = t.words || array_to_tsvector(string_to_array(late.words, ' '))
            from late
            where t.id = late.trace_id
            """,
            connection);
        command.Parameters.AddWithValue("tenant", tenantId);
        AddTexts(command, "ids", lines.Select(line => line.Entry.TraceId));
        command.Parameters.AddWithValue("times", lines.Select(line => line.Entry.StartedAt).ToArray());
        AddTexts(command, "bots", lines.Select(line => line.Entry.Bot));
        AddTexts(command, "names", lines.Select(line => line.Entry.ChannelName));
        AddTexts(command, "triggers", lines.Select(line => line.Entry.TriggerPreview));
        AddTexts(command, "responses", lines.Select(line => line.Entry.ResponsePreview));
        AddTexts(command, "words", lines.Select(line => string.Join(' ', TraceWords.Of(line.Entry.TriggerPreview, line.Entry.ResponsePreview, line.Entry.ChannelName))));
        command.Parameters.AddWithValue("positions", lines.Select(line => line.Line.Position).ToArray());
        command.Parameters.AddWithValue("lines", NpgsqlDbType.Array | NpgsqlDbType.Bytea, lines.Select(line => line.Line.Bytes).ToArray());
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static void AddTexts(NpgsqlCommand command, string name, IEnumerable<string?> texts) =>
        command.Parameters.AddWithValue(name, NpgsqlDbType.Array | NpgsqlDbType.Text, texts.ToArray());
}
