using System.Runtime.CompilerServices;
using Npgsql;
using NpgsqlTypes;

namespace Platform.Core.Traces.ChapterX;

/// <summary>
/// Takes from <c>traces/index.jsonl</c> what trace files lack. The index may be far larger than memory and may name traces that are gone,
/// so it is read twice, line by line: for the channels' names before the traces, for previews after them.
/// </summary>
internal sealed class TraceIndex(ILogTree tree)
{
    private const int BatchSize = 1000;

    /// <summary>Reads the newest name of each channel; malformed lines become problems.</summary>
    public async Task<Dictionary<string, string>> ReadChannelNamesAsync(ProblemList problems, CancellationToken cancellationToken)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        await foreach (var entry in ReadAsync(problems, cancellationToken))
        {
            if (entry is { ChannelId: { } id, ChannelName: { } name })
            {
                names[id] = name;
            }
        }

        return names;
    }

    /// <summary>Gives the traces of <paramref name="importRunId"/> the index's previews: those are what ChapterX shows.</summary>
    public async Task FillPreviewsAsync(NpgsqlConnection connection, Guid importRunId, CancellationToken cancellationToken)
    {
        List<IndexEntry> batch = [];
        await foreach (var entry in ReadAsync(null, cancellationToken))
        {
            if (entry is { TriggerPreview: null, ResponsePreview: null })
            {
                continue;
            }

            batch.Add(entry);
            if (batch.Count == BatchSize)
            {
                await FillAsync(connection, importRunId, batch, cancellationToken);
                batch.Clear();
            }
        }

        if (batch.Count > 0)
        {
            await FillAsync(connection, importRunId, batch, cancellationToken);
        }
    }

    private async IAsyncEnumerable<IndexEntry> ReadAsync(ProblemList? problems, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var stream = tree.Open(LogLayout.Index);
        if (stream is null)
        {
            yield break;
        }

        var number = 0;
        await foreach (var line in IndexLines.ReadAsync(stream, cancellationToken))
        {
            number++;
            if (IndexEntry.Parse(line) is { } entry)
            {
                yield return entry;
            }
            else
            {
                problems?.AddLoss(new FileProblem($"{LogLayout.Index}:{number}", "The line is malformed and was skipped."));
            }
        }
    }

    private static async Task FillAsync(NpgsqlConnection connection, Guid importRunId, List<IndexEntry> batch, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            update traces
            set trigger_preview = coalesce(line.trigger_preview, traces.trigger_preview),
                response_preview = coalesce(line.response_preview, traces.response_preview),
                words = traces.words || array_to_tsvector(string_to_array(line.words, ' '))
            from unnest(@ids, @times, @bots, @triggers, @responses, @words)
                as line(source_trace_id, started_at, bot, trigger_preview, response_preview, words)
            where traces.import_run_id = @run and traces.source_trace_id = line.source_trace_id and traces.started_at = line.started_at
                and traces.tenant_id = (select tenant_id from import_runs where id = @run)
                and traces.bot = coalesce(line.bot, traces.bot)
                and (coalesce(line.trigger_preview, traces.trigger_preview) is distinct from traces.trigger_preview
                    or coalesce(line.response_preview, traces.response_preview) is distinct from traces.response_preview)
            """,
            connection);
        command.Parameters.AddWithValue("run", importRunId);
        AddTexts(command, "ids", batch.Select(entry => entry.TraceId));
        command.Parameters.AddWithValue("times", batch.Select(entry => entry.StartedAt).ToArray());
        AddTexts(command, "bots", batch.Select(entry => entry.Bot));
        AddTexts(command, "triggers", batch.Select(entry => entry.TriggerPreview));
        AddTexts(command, "responses", batch.Select(entry => entry.ResponsePreview));
        AddTexts(command, "words", batch.Select(entry => string.Join(' ', TraceWords.Of(entry.TriggerPreview, entry.ResponsePreview))));
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static void AddTexts(NpgsqlCommand command, string name, IEnumerable<string?> texts) =>
        command.Parameters.AddWithValue(name, NpgsqlDbType.Array | NpgsqlDbType.Text, texts.ToArray());
}
