using Npgsql;

namespace Platform.Core.Storage;

/// <summary>Finds expired leases. Workers take them over within a second, so an old one means that no worker does.</summary>
public sealed class ExpiredLeaseReader(NpgsqlDataSource source)
{
    /// <summary>Counts expired leases by table; tables without any are left out.</summary>
    /// <exception cref="NpgsqlException">Postgres cannot be reached.</exception>
    public async Task<IReadOnlyList<LeaseReport>> ReadAsync(CancellationToken cancellationToken) =>
        await source.Sql(
            """
            select name, count(*) as count, max(now() - lease_until) as longest
            from (
                select 'activations' as name, lease_until from activations where state = 'running'
                union all
                select 'leaders', until from leaders where owner is not null
                union all
                select 'outbox', lease_until from outbox where lease_owner is not null
                union all
                select 'schedule_runs', lease_until from schedule_runs where state = 'running'
            ) leases
            where lease_until < now()
            group by name
            order by name
            """)
            .ListAsync(row => new LeaseReport(row.Get<string>("name"), row.Get<long>("count"), row.Get<TimeSpan>("longest")), cancellationToken);
}

/// <summary>Leases of one table that expired and were not taken over yet.</summary>
/// <param name="Table">Whose rows they are.</param>
/// <param name="Count">How many.</param>
/// <param name="Longest">How long ago the oldest expired, on the database's clock.</param>
public sealed record LeaseReport(string Table, long Count, TimeSpan Longest);
