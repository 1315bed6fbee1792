using Npgsql;
using Platform.Contracts.Statistics;

namespace Platform.Core.Statistics;

/// <summary>Adds up what traces tell, over time, by bot and by model. Everything is reckoned on the database's clock.</summary>
public sealed class StatisticsReader(NpgsqlDataSource source)
{
    /// <summary>Durations that percentiles are taken of, at most; of more, about so many are drawn by the last byte of their random ids.</summary>
    private const int Sample = 40_000;

    private const int MostShares = 50;

    private const string Window =
        """
        from (
            select now() - @bucket * @buckets as since, now() as until
        ) clock
        join traces t on t.tenant_id = @tenant and t.started_at >= clock.since and t.started_at < clock.until
        cross join lateral (select floor(extract(epoch from t.started_at - clock.since) / extract(epoch from @bucket))::integer as bucket) place
        """;

    private const string Sets = "group by grouping sets ((place.bucket), (t.bot), (t.model), ())";

    private const string Key =
        """
        case grouping(place.bucket, t.bot, t.model) when 3 then 'bucket' when 5 then 'bot' when 6 then 'model' else 'total' end,
            place.bucket, coalesce(t.bot, t.model)
        """;

    private const string Sums =
        $"""
        select {Key},
            count(*) filter (where t.outcome = 'answered'), count(*) filter (where t.outcome = 'silent'),
            count(*) filter (where t.outcome = 'failed'), count(*) filter (where t.outcome = 'cancelled'),
            coalesce(sum(t.tokens_in), 0)::bigint, coalesce(sum(t.tokens_out), 0)::bigint, sum(t.cost_usd)
        {Window}
        {Sets}
        """;

    private const string Percentiles =
        $"""
        select {Key},
            round(percentile_cont(0.5) within group (order by t.duration_ms))::integer,
            round(percentile_cont(0.95) within group (order by t.duration_ms))::integer
        {Window}
        where t.outcome = 'answered' and t.duration_ms is not null and get_byte(uuid_send(t.id), 15) < @share
        {Sets}
        """;

    /// <summary>Reads the statistics of a range.</summary>
    /// <exception cref="NpgsqlException">Postgres cannot be reached.</exception>
    public async Task<StatisticsResponse> ReadAsync(string tenantId, StatisticsRange range, CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);

        // One instant for both questions.
        await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, cancellationToken);
        var now = await NowAsync(connection, cancellationToken);
        var sums = await SumsAsync(connection, tenantId, range, cancellationToken);
        var answered = sums.GetValueOrDefault(StatisticsKey.Total)?.Answered ?? 0;
        var share = answered <= Sample ? 256 : Math.Max(1, (int)(256L * Sample / answered));
        await AddPercentilesAsync(connection, tenantId, range, share, sums, cancellationToken);
        var from = now - (range.Bucket * range.Buckets);
        return new StatisticsResponse(
            range.Name,
            from,
            now,
            (int)range.Bucket.TotalSeconds,
            share < 256,
            sums.GetValueOrDefault(StatisticsKey.Total) ?? None,
            [.. Enumerable.Range(0, range.Buckets).Select(bucket =>
                new ActivityBucket(from + (range.Bucket * bucket), sums.GetValueOrDefault(StatisticsKey.Of(bucket)) ?? None))],
            Shares(sums, "bot"),
            Shares(sums, "model"));
    }

    private static ActivityFigures None { get; } = new(0, 0, 0, 0, 0, 0, null, null, null);

    private static List<ActivityShare> Shares(Dictionary<StatisticsKey, ActivityFigures> figures, string kind) =>
    [
        .. figures.Where(one => one.Key.Kind == kind && one.Key.Name is not null)
            .OrderByDescending(one => one.Value.Activations).ThenBy(one => one.Key.Name, StringComparer.Ordinal)
            .Take(MostShares)
            .Select(one => new ActivityShare(one.Key.Name ?? "", one.Value)),
    ];

    private static async Task<DateTimeOffset> NowAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("select now()", connection);
        return await command.ExecuteScalarAsync(cancellationToken) is DateTime now
            ? new DateTimeOffset(now, TimeSpan.Zero)
            : throw new InvalidOperationException("Postgres did not tell the time.");
    }

    private static async Task<Dictionary<StatisticsKey, ActivityFigures>> SumsAsync(
        NpgsqlConnection connection, string tenantId, StatisticsRange range, CancellationToken cancellationToken)
    {
        await using var command = Command(connection, Sums, tenantId, range);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        Dictionary<StatisticsKey, ActivityFigures> figures = [];
        while (await reader.ReadAsync(cancellationToken))
        {
            figures[KeyOf(reader)] = new ActivityFigures(
                reader.GetInt64(3), reader.GetInt64(4), reader.GetInt64(5), reader.GetInt64(6), reader.GetInt64(7), reader.GetInt64(8),
                reader.IsDBNull(9) ? null : reader.GetDecimal(9), null, null);
        }

        return figures;
    }

    private static async Task AddPercentilesAsync(
        NpgsqlConnection connection,
        string tenantId,
        StatisticsRange range,
        int share,
        Dictionary<StatisticsKey, ActivityFigures> figures,
        CancellationToken cancellationToken)
    {
        await using var command = Command(connection, Percentiles, tenantId, range);
        command.Parameters.AddWithValue("share", share);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var key = KeyOf(reader);
            if (!reader.IsDBNull(3) && figures.TryGetValue(key, out var known))
            {
                figures[key] = known with { LatencyP50Ms = reader.GetInt32(3), LatencyP95Ms = reader.GetInt32(4) };
            }
        }
    }

    private static StatisticsKey KeyOf(NpgsqlDataReader reader) => new(
        reader.GetString(0), reader.IsDBNull(1) ? null : reader.GetInt32(1), reader.IsDBNull(2) ? null : reader.GetString(2));

    private static NpgsqlCommand Command(NpgsqlConnection connection, string sql, string tenantId, StatisticsRange range)
    {
        var command = new NpgsqlCommand(sql, connection);
        command.Parameters.AddWithValue("tenant", tenantId);
        command.Parameters.AddWithValue("bucket", range.Bucket);
        command.Parameters.AddWithValue("buckets", range.Buckets);
        return command;
    }
}
