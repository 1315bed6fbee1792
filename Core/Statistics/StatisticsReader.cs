using Npgsql;
using Platform.Contracts.Statistics;
using Platform.Core.Storage;

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
        case grouping(place.bucket, t.bot, t.model) when 3 then 'bucket' when 5 then 'bot' when 6 then 'model' else 'total' end as kind,
            place.bucket, coalesce(t.bot, t.model) as name
        """;

    private const string Sums =
        $"""
        select {Key},
            count(*) filter (where t.outcome = 'answered') as answered, count(*) filter (where t.outcome = 'silent') as silent,
            count(*) filter (where t.outcome = 'failed') as failed, count(*) filter (where t.outcome = 'cancelled') as cancelled,
            coalesce(sum(t.tokens_in), 0)::bigint as tokens_in, coalesce(sum(t.tokens_out), 0)::bigint as tokens_out, sum(t.cost_usd) as cost_usd
        {Window}
        {Sets}
        """;

    private const string Percentiles =
        $"""
        select {Key},
            round(percentile_cont(0.5) within group (order by t.duration_ms))::integer as p50,
            round(percentile_cont(0.95) within group (order by t.duration_ms))::integer as p95
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
        var now = await connection.Sql("select now()").ScalarAsync<DateTimeOffset>(cancellationToken);
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

    private static async Task<Dictionary<StatisticsKey, ActivityFigures>> SumsAsync(
        NpgsqlConnection connection, string tenantId, StatisticsRange range, CancellationToken cancellationToken)
    {
        Dictionary<StatisticsKey, ActivityFigures> figures = [];
        await foreach (var row in Statement(connection, Sums, tenantId, range).RowsAsync(cancellationToken))
        {
            figures[KeyOf(row)] = new ActivityFigures(
                row.Get<long>("answered"), row.Get<long>("silent"), row.Get<long>("failed"), row.Get<long>("cancelled"),
                row.Get<long>("tokens_in"), row.Get<long>("tokens_out"), row.Get<decimal?>("cost_usd"), null, null);
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
        var percentiles = Statement(connection, Percentiles, tenantId, range).With("share", share);
        await foreach (var row in percentiles.RowsAsync(cancellationToken))
        {
            var key = KeyOf(row);
            if (row.Get<int?>("p50") is { } p50 && figures.TryGetValue(key, out var known))
            {
                figures[key] = known with { LatencyP50Ms = p50, LatencyP95Ms = row.Get<int>("p95") };
            }
        }
    }

    private static StatisticsKey KeyOf(SqlRow row) => new(row.Get<string>("kind"), row.Get<int?>("bucket"), row.GetOrNull<string>("name"));

    private static SqlStatement Statement(NpgsqlConnection connection, string sql, string tenantId, StatisticsRange range) =>
        connection.Sql(sql).With("tenant", tenantId).With("bucket", range.Bucket).With("buckets", range.Buckets);
}

/// <summary>What figures are of.</summary>
/// <param name="Kind"><c>total</c>, <c>bucket</c>, <c>bot</c> or <c>model</c>.</param>
/// <param name="Bucket">From 0; null unless of a bucket.</param>
/// <param name="Name">Null unless of a bot, or of a model that was called.</param>
internal readonly record struct StatisticsKey(string Kind, int? Bucket, string? Name)
{
    /// <summary>Everything.</summary>
    public static StatisticsKey Total { get; } = new("total", null, null);

    /// <summary>A bucket.</summary>
    public static StatisticsKey Of(int bucket) => new("bucket", bucket, null);
}
