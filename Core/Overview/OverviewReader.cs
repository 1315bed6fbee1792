using Npgsql;

namespace Platform.Core.Overview;

/// <summary>Reads the overview's figures in one round trip.</summary>
public sealed class OverviewReader(NpgsqlDataSource source)
{
    // Both statements of the batch share one transaction, so now() is one instant.
    private const string NowSql =
        """
        select now() - interval '24 hours',
            (select count(*)::integer from activations where tenant_id = $1 and state = 'queued'),
            (select count(*)::integer from activations where tenant_id = $1 and state = 'running'),
            latency.p50, latency.p95,
            (select count(*)::integer from bots where tenant_id = $1 and enabled),
            (select count(*)::integer from bot_files where tenant_id = $1 and not loaded),
            coalesce(
                (select reltuples::bigint from pg_class where oid = 'traces'::regclass and reltuples > 10000),
                (select count(*) from traces where tenant_id = $1))
        from (
            select round(percentile_cont(0.5) within group (order by duration_ms))::integer as p50,
                round(percentile_cont(0.95) within group (order by duration_ms))::integer as p95
            from traces
            where tenant_id = $1 and outcome = 'answered' and started_at >= now() - interval '24 hours' and started_at < now()
        ) latency
        """;

    private const string HoursSql =
        """
        select hour.start,
            count(*) filter (where traces.outcome = 'answered')::integer,
            count(*) filter (where traces.outcome = 'silent')::integer,
            count(*) filter (where traces.outcome = 'failed')::integer,
            coalesce(sum(traces.tokens_in), 0)::bigint,
            coalesce(sum(traces.tokens_out), 0)::bigint
        from generate_series(now() - interval '24 hours', now() - interval '1 hour', interval '1 hour') as hour(start)
        left join traces on traces.tenant_id = $1 and traces.started_at >= hour.start and traces.started_at < hour.start + interval '1 hour'
        group by hour.start
        order by hour.start
        """;

    /// <summary>Reads what the tenant's overview shows.</summary>
    public async Task<OverviewFigures> ReadAsync(string tenantId, CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { Command(NowSql, tenantId), Command(HoursSql, tenantId) } };
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        var figures = new OverviewFigures
        {
            Since = reader.GetFieldValue<DateTimeOffset>(0),
            Waiting = reader.GetInt32(1),
            Running = reader.GetInt32(2),
            LatencyP50Ms = reader.IsDBNull(3) ? null : reader.GetInt32(3),
            LatencyP95Ms = reader.IsDBNull(4) ? null : reader.GetInt32(4),
            BotsEnabled = reader.GetInt32(5),
            BotFilesWithErrors = reader.GetInt32(6),
            TracesTotal = reader.GetInt64(7),
            Hours = [],
        };
        await reader.NextResultAsync(cancellationToken);
        List<HourFigures> hours = [];
        while (await reader.ReadAsync(cancellationToken))
        {
            hours.Add(new HourFigures(
                reader.GetFieldValue<DateTimeOffset>(0),
                reader.GetInt32(1),
                reader.GetInt32(2),
                reader.GetInt32(3),
                reader.GetInt64(4),
                reader.GetInt64(5)));
        }

        return figures with { Hours = hours };
    }

    private static NpgsqlBatchCommand Command(string sql, string tenantId) =>
        new(sql) { Parameters = { new NpgsqlParameter<string> { TypedValue = tenantId } } };
}
