using System.Globalization;
using System.Text;
using Npgsql;
using Platform.Core.Traces;

namespace Platform.Benchmarks.Traces;

/// <summary>
/// Traces as a busy home would have after a month: a few bots and channels that do most, words and durations with long tails, contexts
/// that slide over a channel's messages, documents of the samples' size. The same seed makes the same traces.
/// </summary>
internal sealed class SyntheticTraces
{
    /// <summary>How far back the first one lies.</summary>
    public static readonly TimeSpan Span = TimeSpan.FromDays(30);

    private const int BatchSize = 5000;
    private const int DocumentBytes = 37_000;
    private const int DifferentDocuments = 400;
    private const long FirstSnowflake = 1_289_595_876_716_707_914;

    private readonly Random _random;
    private readonly string[] _words;
    private readonly string[] _people;
    private readonly CompressedContent[] _documents;
    private readonly int[] _spoken = new int[Channels];
    private readonly DateTimeOffset _begin;

    /// <param name="seed">Of everything but ids and today's date.</param>
    /// <param name="now">When the last one began.</param>
    public SyntheticTraces(int seed, DateTimeOffset now)
    {
        _random = new Random(seed);
        _begin = now - Span;
        _words = [.. Enumerable.Range(0, 20_000).Select(_ => Word(_random)).Distinct()];
        _people = [.. Enumerable.Range(0, 300).Select(number => $"{Word(_random)} {number}")];
        _documents = [.. Enumerable.Range(0, DifferentDocuments).Select(_ => CompressedContent.Of(Document()))];
    }

    /// <summary>Names are <c>bot-0</c> (most traces) to <c>bot-11</c> (fewest).</summary>
    public const int Bots = 12;

    /// <summary>Ids are <c>channel-0</c> to <c>channel-59</c>.</summary>
    public const int Channels = 60;

    /// <summary>Names are <c>model-0</c> to <c>model-7</c>.</summary>
    public const int Models = 8;

    /// <summary>Names are <c>rule_0</c> to <c>rule_9</c>.</summary>
    public const int Rules = 10;

    /// <summary>Words by how often they are said, the most frequent first.</summary>
    public IReadOnlyList<string> Words => _words;

    /// <summary>Stores <paramref name="count"/> traces evenly over <see cref="Span"/>, oldest first, with every index in place.</summary>
    public async Task StoreAsync(NpgsqlDataSource source, int count, CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await ExecuteAsync(connection, "set synchronous_commit = off", cancellationToken);
        await ExecuteAsync(connection, $"select ensure_day_partitions((now() - interval '{Span.TotalDays + 1} days')::date, now()::date)", cancellationToken);
        for (var first = 0; first < count; first += BatchSize)
        {
            var batch = Enumerable.Range(first, Math.Min(BatchSize, count - first)).Select(number => Make(number, count)).ToList();
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            await CopyTracesAsync(connection, batch, cancellationToken);
            await CopyDocumentsAsync(connection, batch, cancellationToken);
            await CopyMessagesAsync(connection, batch, cancellationToken);
            await CopyCallsAsync(connection, batch, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }

        await ExecuteAsync(connection, "vacuum (analyze) traces, trace_messages, llm_calls", cancellationToken);
    }

    private SyntheticTrace Make(int number, int count)
    {
        var startedAt = _begin + (Span * ((double)number / count));
        var chance = _random.NextDouble();
        var outcome = chance < 0.70 ? "answered" : chance < 0.95 ? "silent" : chance < 0.99 ? "failed" : "cancelled";
        var channel = Skewed(Channels);
        var said = _spoken[channel] += _random.Next(1, 4);
        var context = outcome == "silent" ? 0 : _random.Next(20, 60);
        var model = outcome == "silent" ? null : $"model-{(_random.Next(10_000) == 0 ? Models - 1 : Skewed(Models - 1))}";
        return new SyntheticTrace(
            Guid.CreateVersion7(startedAt),
            startedAt,
            $"bot-{Skewed(Bots)}",
            channel,
            outcome,
            outcome == "silent" ? $"rule_{Skewed(Rules)}" : null,
            outcome == "failed" ? $"{Sentence(60)} status {_random.Next(400, 600)}" : null,
            outcome == "silent" ? _random.Next(1, 20) : (int)Math.Min(600_000, LogNormal(8.3, 0.8)),
            model,
            outcome == "answered" ? (decimal)Math.Round(LogNormal(-5, 1.2), 6) : null,
            Sentence(100),
            outcome == "answered" ? Sentence(100) : null,
            context == 0 ? null : string.Join(", ", Enumerable.Range(0, _random.Next(2, 9)).Select(_ => _people[Skewed(_people.Length)]).Distinct()),
            [.. Enumerable.Range(0, context + 1).Select(back => Snowflake(channel, said - back))],
            model is null ? 0 : _random.Next(10) == 0 ? 3 : 1,
            _random.Next(4000, 30_000),
            _random.Next(20, 900),
            _documents[_random.Next(_documents.Length)]);
    }

    private static string Snowflake(int channel, int message) =>
        (FirstSnowflake + (channel * 1_000_000_000_000L) + (message * 4_194_304L)).ToString(CultureInfo.InvariantCulture);

    /// <summary>From 0, the lower the more often.</summary>
    private int Skewed(int count) => (int)(count * Math.Pow(_random.NextDouble(), 2.2));

    private double LogNormal(double mean, double deviation)
    {
        var normal = Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble());
        return Math.Exp(mean + (deviation * normal));
    }

    private string Sentence(int length)
    {
        var text = new StringBuilder(length + 16);
        while (text.Length < length)
        {
            // The most frequent word is one in twelve or so, as in speech; the rarest are said a few times in a million traces.
            text.Append(_words[Math.Min(_words.Length - 1, (int)Math.Pow(_words.Length, _random.NextDouble()) - 1)]).Append(' ');
        }

        return text.ToString(0, length).TrimEnd();
    }

    private static string Word(Random random)
    {
        const string Consonants = "bcdfghjklmnprstvwz";
        const string Vowels = "aeiou";
        var text = new StringBuilder();
        for (var syllable = random.Next(1, 5); syllable > 0; syllable--)
        {
            text.Append(Consonants[random.Next(Consonants.Length)]).Append(Vowels[random.Next(Vowels.Length)]);
        }

        return text.Append(Consonants[random.Next(Consonants.Length)]).ToString();
    }

    private byte[] Document()
    {
        var json = new StringBuilder("{\"traceId\":\"synthetic\",\"activation\":{\"reason\":\"mention\",\"triggerEvents\":[]},\"contextBuild\":{\"messages\":[");
        for (var position = 0; json.Length < DocumentBytes; position++)
        {
            json.Append(position == 0 ? "" : ",").Append(CultureInfo.InvariantCulture, $$"""
                {
                      "position": {{position}},
                      "discordMessageId": "{{_random.NextInt64(FirstSnowflake, FirstSnowflake * 2)}}",
                      "participant": "{{_people[Skewed(_people.Length)]}}",
                      "contentPreview": "{{Sentence(150)}}",
                      "contentLength": {{_random.Next(150, 900)}},
                      "tokenEstimate": {{_random.Next(40, 300)}},
                      "transformations": [],
                      "isTrigger": false,
                      "hasImages": false,
                      "imageCount": 0,
                      "hasCacheControl": false
                    }
                """);
        }

        return Encoding.UTF8.GetBytes(json.Append("]},\"llmCalls\":[],\"toolExecutions\":[],\"logs\":[]}").ToString());
    }

    private static async Task CopyTracesAsync(NpgsqlConnection connection, List<SyntheticTrace> batch, CancellationToken cancellationToken)
    {
        const string Columns =
            """
            id, tenant_id, source, source_trace_id, bot, channel_id, channel_name, trigger_message_id, reason, outcome, silent_reason,
            error_message, started_at, duration_ms, llm_call_count, tokens_in, tokens_out, model, cost_usd, trigger_preview, response_preview,
            participants, document_day, stored_at
            """;
        await ExecuteAsync(connection, "create temp table synthetic (like traces including defaults, word_list text) on commit drop", cancellationToken);
        await using (var rows = await connection.BeginBinaryImportAsync($"copy synthetic ({Columns}, word_list) from stdin (format binary)", cancellationToken))
        {
            foreach (var trace in batch)
            {
                await rows.WriteRowAsync(
                    cancellationToken,
                    trace.Id, "home", "native", trace.Id.ToString(), trace.Bot, $"channel-{trace.Channel}", $"room {trace.Channel}", trace.MessageIds[0],
                    "mention", trace.Outcome, Text(trace.SilentReason), Text(trace.Error), trace.StartedAt, trace.DurationMs, trace.Calls,
                    (long)trace.TokensIn, (long)trace.TokensOut, Text(trace.Model), (object?)trace.CostUsd ?? DBNull.Value, trace.Question, Text(trace.Answer),
                    Text(trace.Participants), DateOnly.FromDateTime(trace.StartedAt.UtcDateTime), trace.StartedAt, WordsOf(trace));
            }

            await rows.CompleteAsync(cancellationToken);
        }

        await ExecuteAsync(
            connection,
            $"insert into traces ({Columns}, words) select {Columns}, array_to_tsvector(string_to_array(word_list, ' ')) from synthetic",
            cancellationToken);
    }

    /// <summary>Every text here is words of letters and digits between spaces, commas and hyphens.</summary>
    private static string WordsOf(SyntheticTrace trace) => string.Join(
        ' ',
        string.Join(' ', trace.Question, trace.Answer, $"room {trace.Channel}", trace.Participants, trace.Model, trace.Error)
            .Split([' ', ',', '-'], StringSplitOptions.RemoveEmptyEntries).Distinct());

    private static async Task CopyDocumentsAsync(NpgsqlConnection connection, List<SyntheticTrace> batch, CancellationToken cancellationToken)
    {
        await using var rows = await connection.BeginBinaryImportAsync(
            "copy trace_documents (stored_day, trace_id, size_bytes, sha256, content) from stdin (format binary)", cancellationToken);
        foreach (var trace in batch)
        {
            await rows.WriteRowAsync(
                cancellationToken,
                DateOnly.FromDateTime(trace.StartedAt.UtcDateTime), trace.Id, trace.Document.SizeBytes, trace.Document.Sha256, trace.Document.Content);
        }

        await rows.CompleteAsync(cancellationToken);
    }

    private static async Task CopyMessagesAsync(NpgsqlConnection connection, List<SyntheticTrace> batch, CancellationToken cancellationToken)
    {
        await using var rows = await connection.BeginBinaryImportAsync(
            "copy trace_messages (trace_id, message_ids, triggers, contexts) from stdin (format binary)", cancellationToken);
        foreach (var trace in batch)
        {
            await rows.WriteRowAsync(cancellationToken, trace.Id, trace.MessageIds, 1, trace.MessageIds.Length - 1);
        }

        await rows.CompleteAsync(cancellationToken);
    }

    private static async Task CopyCallsAsync(NpgsqlConnection connection, List<SyntheticTrace> batch, CancellationToken cancellationToken)
    {
        await using var rows = await connection.BeginBinaryImportAsync(
            "copy llm_calls (id, trace_id, position, call_id, model, started_at, duration_ms, tokens_in, tokens_out) from stdin (format binary)", cancellationToken);
        foreach (var trace in batch)
        {
            for (var position = 0; position < trace.Calls; position++)
            {
                await rows.WriteRowAsync(
                    cancellationToken,
                    Guid.CreateVersion7(trace.StartedAt), trace.Id, position, $"{trace.Id}-llm-{position}", trace.Model ?? "", trace.StartedAt, trace.DurationMs,
                    trace.TokensIn, trace.TokensOut);
            }
        }

        await rows.CompleteAsync(cancellationToken);
    }

    private static object Text(string? value) => (object?)value ?? DBNull.Value;

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
