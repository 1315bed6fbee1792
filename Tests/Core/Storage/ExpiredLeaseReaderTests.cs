using Npgsql;
using Platform.Core.Storage;

namespace Platform.Tests.Core.Storage;

public sealed class ExpiredLeaseReaderTests(LocalPostgres postgres)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Read_LeasesOfEveryKind_CountsThoseThatRanOut()
    {
        await using var database = await postgres.CreateDatabaseAsync(Token);
        await database.ExecuteAsync(
            """
            insert into outbox (id, tenant_id, kind, target, dedupe_key, payload, lease_owner, lease_until)
            select gen_random_uuid(), 'home', 'webhook', 'a', n, '{}', 'relay', now() - n * interval '1 minute'
            from unnest(array[-1, 1, 2]) n;
            update leaders set owner = 'gone', until = now() - interval '5 minutes';
            """,
            Token);
        await using var source = NpgsqlDataSource.Create(database.ConnectionString);

        var reports = await new ExpiredLeaseReader(source).ReadAsync(Token);

        Assert.Equal([("leaders", 1L), ("outbox", 2L)], reports.Select(report => (report.Table, report.Count)));
        Assert.True(reports[1].Longest >= TimeSpan.FromMinutes(2));
    }
}
