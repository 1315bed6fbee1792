using Npgsql;
using Platform.Core.Storage;

namespace Platform.Core.Overview;

/// <summary>Reads the overview's figures in one round trip.</summary>
public sealed class OverviewReader(NpgsqlDataSource source)
{
    // Both statements of the batch share one transaction, so now() is one instant.
    private const string NowSql =
        """
        select now() - interval '24 hours' as since,
            (select count(*)::integer from activations where tenant_id = @tenant and state = 'queued') as waiting,
            (select count(*)::integer from activations where tenant_id = @tenant and state = 'running') as running,
            latency.p50, latency.p95,
            (select count(*)::integer from bots where tenant_id = @tenant and enabled) as bots_enabled,
            (select count(*)::integer from bot_files where tenant_id = @tenant and not loaded) as files_with_errors,
            coalesce(
                (select reltuples::bigint from pg_class where oid = 'traces'::regclass and reltuples > 10000),
                (select count(*) from traces where tenant_id = @tenant)) as traces_total
        from (
            select round(percentile_cont(0.5) within group (order by duration_ms))::integer as p50,
                round(percentile_cont(0.95) within group (order by duration_ms))::integer as p95
            from traces
            where tenant_id = @tenant and outcome = 'answered' and started_at >= now() - interval '24 hours' and started_at < now()
        ) latency
        """;

    private const string HoursSql =
        """
        select hour.start,
            count(*) filter (where traces.outcome = 'answered')::integer as answered,
            count(*) filter (where traces.outcome = 'silent')::integer as silent,
            count(*) filter (where traces.outcome = 'failed')::integer as failed,
            coalesce(sum(traces.tokens_in), 0)::bigint as tokens_in,
            coalesce(sum(traces.tokens_out), 0)::bigint as tokens_out
        from generate_series(now() - interval '24 hours', now() - interval '1 hour', interval '1 hour') as hour(start)
        left join traces on traces.tenant_id = @tenant and traces.started_at >= hour.start and traces.started_at < hour.start + interval '1 hour'
        group by hour.start
        order by hour.start
        """;

    /// <summary>Reads what the tenant's overview shows.</summary>
    public async Task<OverviewFigures> ReadAsync(string tenantId, CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var batch = new NpgsqlBatch(connection);
        batch.Add(NowSql).With("tenant", tenantId);
        batch.Add(HoursSql).With("tenant", tenantId);
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        var figures = ReadNow(new SqlRow(reader));
        await reader.NextResultAsync(cancellationToken);
        return figures with { Hours = await SqlCommands.ListAsync(reader, ReadHour, cancellationToken) };
    }

    private static OverviewFigures ReadNow(SqlRow row) => new()
    {
        Since = row.Get<DateTimeOffset>("since"),
        Waiting = row.Get<int>("waiting"),
        Running = row.Get<int>("running"),
        LatencyP50Ms = row.Get<int?>("p50"),
        LatencyP95Ms = row.Get<int?>("p95"),
        BotsEnabled = row.Get<int>("bots_enabled"),
        BotFilesWithErrors = row.Get<int>("files_with_errors"),
        TracesTotal = row.Get<long>("traces_total"),
        Hours = [],
    };

    private static HourFigures ReadHour(SqlRow row) => new(
        row.Get<DateTimeOffset>("start"),
        row.Get<int>("answered"),
        row.Get<int>("silent"),
        row.Get<int>("failed"),
        row.Get<long>("tokens_in"),
        row.Get<long>("tokens_out"));
}
