using Platform.Tests.Core.Traces.ChapterX;

namespace Platform.Tests.Core.Traces;

/// <summary>A database with so many traces that not all are read one by one. Nobody changes it.</summary>
public sealed class ManyTraces(LocalPostgres postgres) : IAsyncLifetime
{
    /// <summary>More than the search reads one by one.</summary>
    public const int Count = 4500;

    private TestDatabase? _database;
    private ImportHost? _host;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    internal ImportHost Host => _host ?? throw new InvalidOperationException("Not initialized.");

    /// <summary>Trace n began n minutes before the newest; every tenth is of <c>bea</c>, every hundredth failed, the oldest one says a word of its own.</summary>
    public async ValueTask InitializeAsync()
    {
        _database = await postgres.CreateDatabaseAsync(Token);
        _host = new ImportHost(_database.ConnectionString);
        await _database.ExecuteAsync(
            $"""
            insert into tenants (id, name) values ('elsewhere', 'Elsewhere');
            insert into traces (id, tenant_id, source, source_trace_id, bot, channel_id, channel_name, reason, outcome, silent_reason, started_at,
                duration_ms, model, cost_usd, words, document_day)
            select gen_random_uuid(), 'home', 'native', 'trace-' || n, case when n % 10 = 0 then 'bea' else 'ada' end, 'c' || n % 3, 'room ' || n % 3,
                'mention', case when n % 100 = 0 then 'failed' when n % 7 = 0 then 'silent' else 'answered' end,
                case when n % 100 <> 0 and n % 7 = 0 then 'rule_' || n % 2 end, timestamptz '2026-03-01' - n * interval '1 minute',
                n, case when n % 500 = 1 then 'rare' else 'usual' end, case when n % 5 = 0 then n / 1000.0 end,
                array_to_tsvector(array['every', 'word' || n % 4] || case when n = {Count} then array['oldest'] else array[]::text[] end), '2026-03-01'
            from generate_series(1, {Count}) n;
            insert into traces (id, tenant_id, source, source_trace_id, bot, channel_id, reason, outcome, started_at, words, document_day)
            select gen_random_uuid(), 'elsewhere', 'native', 'x' || n, 'ada', 'c0', 'mention', 'answered', timestamptz '2026-03-02', array_to_tsvector(array['every']), '2026-03-01'
            from generate_series(1, 50) n;
            insert into trace_messages (trace_id, message_ids, triggers, contexts)
            select id, array['1443805843513417001', '1443805843513417' || lpad((100 + n % 10)::text, 3, '0')], 1, 1
            from (select id, substring(source_trace_id, 7)::int as n from traces where tenant_id = 'home') own where n <= 30;
            analyze;
            """,
            Token);
    }

    public async ValueTask DisposeAsync()
    {
        _host?.Dispose();
        if (_database is not null)
        {
            await _database.DisposeAsync();
        }
    }
}
