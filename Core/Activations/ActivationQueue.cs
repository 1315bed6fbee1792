using Npgsql;
using NpgsqlTypes;
using Platform.Contracts.Activations;
using Platform.Core.Storage;

namespace Platform.Core.Activations;

/// <summary>
/// The queue of activations in Postgres. Work is claimed, never assigned: a claim is a lease with a fencing number, both on
/// the database's clock, and a finish counts only while its number is the newest.
/// </summary>
public sealed class ActivationQueue(NpgsqlDataSource source)
{
    /// <summary>Postgres notifies this channel when an activation was queued or handed back.</summary>
    public const string WakeChannel = "activations";

    /// <summary>How long a claim holds without a heartbeat.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(4);

    private const string ReturnedColumns =
        """
        a.id, a.tenant_id, a.bot_id, a.channel_id, a.reason, a.trigger_message_id, a.model, a.lease_fence, a.attempt,
        a.trace_parent, a.correlation_id, a.created_at, a.started_at
        """;

    private const string ClaimWaiting =
        $"""
        update activations a
        set state = 'running', lease_owner = @owner, lease_fence = a.lease_fence + 1, lease_until = now() + @lease,
            attempt = a.attempt + 1, started_at = now()
        from (
            select w.id
            from activations w
            where w.state = 'queued' and w.not_before <= now()
                and not exists (
                    select from activations r
                    where r.bot_id = w.bot_id and r.channel_id = w.channel_id and r.state = 'running')
                and not exists (
                    select from activations e
                    where e.bot_id = w.bot_id and e.channel_id = w.channel_id and e.state = 'queued' and e.id < w.id)
            order by w.not_before, w.id
            limit @count
            for update skip locked
        ) next
        where a.id = next.id
        returning {ReturnedColumns}
        """;

    private const string ClaimAbandoned =
        $"""
        update activations a
        set lease_owner = @owner, lease_fence = a.lease_fence + 1, lease_until = now() + @lease,
            attempt = a.attempt + 1, started_at = now()
        from (
            select l.id
            from activations l
            where l.state = 'running' and l.lease_until < now() and l.id <> all(@held)
            order by l.lease_until
            limit @count
            for update skip locked
        ) lost
        where a.id = lost.id
        returning {ReturnedColumns}
        """;

    /// <summary>Claims what waits: the oldest of each bot in each channel, none while that bot runs there.</summary>
    /// <param name="owner">The worker's name, for people who read the table.</param>
    /// <param name="count">How many at most.</param>
    /// <param name="cancellationToken">Cancels the claim.</param>
    /// <returns>What is now this worker's; empty when nothing waits.</returns>
    /// <exception cref="NpgsqlException">Postgres cannot be reached.</exception>
    public Task<IReadOnlyList<ActivationClaim>> ClaimWaitingAsync(string owner, int count, CancellationToken cancellationToken) =>
        ClaimAsync(ClaimWaiting, owner, count, cancellationToken);

    /// <summary>Takes over what a dead or paused worker holds: every lease that ran out.</summary>
    /// <param name="owner">The worker's name, for people who read the table.</param>
    /// <param name="count">How many at most.</param>
    /// <param name="held">What this process is working on itself: it is neither dead nor paused.</param>
    /// <param name="cancellationToken">Cancels the claim.</param>
    /// <returns>What is now this worker's; empty when nothing was abandoned.</returns>
    /// <exception cref="NpgsqlException">Postgres cannot be reached.</exception>
    public Task<IReadOnlyList<ActivationClaim>> ClaimAbandonedAsync(
        string owner, int count, IReadOnlyCollection<Guid> held, CancellationToken cancellationToken) =>
        ClaimAsync(ClaimAbandoned, owner, count, cancellationToken, new NpgsqlParameter<Guid[]>("held", [.. held]));

    /// <summary>Gives a claim back at once, so that another worker need not wait for the lease to run out. The attempt does not count.</summary>
    /// <returns>False when the claim was no longer the newest.</returns>
    /// <exception cref="NpgsqlException">Postgres cannot be reached.</exception>
    public async Task<bool> HandBackAsync(ActivationClaim claim, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(
            $"""
            with handed_back as (
                update activations
                set state = 'queued', lease_owner = null, lease_until = null, attempt = attempt - 1
                where id = @id and state = 'running' and lease_fence = @fence
                returning id)
            select count(*), pg_notify('{WakeChannel}', '') from handed_back
            """);
        command.Parameters.AddWithValue("id", claim.Id);
        command.Parameters.AddWithValue("fence", claim.Fence);
        return (long)(await command.ExecuteScalarAsync(cancellationToken))! == 1;
    }

    private async Task<IReadOnlyList<ActivationClaim>> ClaimAsync(
        string sql, string owner, int count, CancellationToken cancellationToken, params NpgsqlParameter[] more)
    {
        await using var command = source.CreateCommand(sql);
        command.Parameters.AddWithValue("owner", owner);
        command.Parameters.Add(new NpgsqlParameter("lease", NpgsqlDbType.Interval) { Value = Lease });
        command.Parameters.AddWithValue("count", count);
        command.Parameters.AddRange(more);
        try
        {
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            List<ActivationClaim> claims = [];
            while (await reader.ReadAsync(cancellationToken))
            {
                claims.Add(Read(reader));
            }

            return claims;
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            // Another worker began the same bot in the same channel between our look and our claim; the next round sees it.
            return [];
        }
    }

    private static ActivationClaim Read(NpgsqlDataReader reader) => new(
        reader.GetGuid(0),
        reader.GetString(1),
        reader.GetGuid(2),
        reader.GetGuid(3),
        EnumText.Parse<ActivationReason>(reader.GetString(4)),
        reader.IsDBNull(5) ? null : reader.GetGuid(5),
        reader.IsDBNull(6) ? null : reader.GetString(6),
        reader.GetInt64(7),
        reader.GetInt32(8),
        reader.IsDBNull(9) ? null : reader.GetString(9),
        reader.IsDBNull(10) ? null : reader.GetString(10),
        reader.GetFieldValue<DateTimeOffset>(11),
        reader.GetFieldValue<DateTimeOffset>(12));
}
