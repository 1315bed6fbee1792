using Npgsql;
using Platform.Core.Storage;

namespace Platform.Core.Schedules;

/// <summary>
/// Whether any worker is running. Each running worker holds the leader lease or takes it as soon as it expires, so a lease that nobody
/// holds means that there is none. The lease lasts four fifths of <see cref="SchedulerOptions.TakeoverBound"/>.
/// </summary>
public sealed class WorkerLiveness(NpgsqlDataSource source)
{
    /// <summary>
    /// A condition in SQL: a worker holds the lease, or it expired less than 2 s ago, in which another worker would take it. After a
    /// start of Postgres leases count for 5 s, since nobody could renew them.
    /// </summary>
    internal const string IsAlive =
        $"""
        exists (
            select from leaders
            where name = '{LeaderLease.Name}' and owner is not null
                and greatest(until, {ServerStart.At} + interval '5 seconds') + interval '2 seconds' >= now())
        """;

    /// <summary>Whether a worker is running now.</summary>
    /// <exception cref="NpgsqlException">Postgres cannot be reached.</exception>
    public Task<bool> IsAliveAsync(CancellationToken cancellationToken) => source.Sql($"select {IsAlive}").ScalarAsync<bool>(cancellationToken);
}
