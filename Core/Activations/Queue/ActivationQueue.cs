using System.Collections.Concurrent;
using Npgsql;
using Platform.Contracts.Activations;
using Platform.Core.Runs;
using Platform.Core.Storage;

namespace Platform.Core.Activations.Queue;

/// <summary>
/// The queue of activations in Postgres. Work is claimed, never assigned: a claim is a lease with a fencing number, both on
/// the database's clock, and a finish counts only while its number is the newest.
/// </summary>
public sealed class ActivationQueue(NpgsqlDataSource source)
{
    /// <summary>Postgres notifies this channel when an activation was queued or released.</summary>
    public const string WakeChannel = "activations";

    /// <summary>Postgres notifies this channel, with the id, when a cancellation of a running activation was requested.</summary>
    public const string CancelChannel = "activation_cancels";

    /// <summary>How long a claim is valid without a heartbeat.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(4);

    /// <summary>How many channels of one bot a claim searches.</summary>
    private const int Walk = 512;

    private static readonly Guid Lowest = Guid.Empty;
    private static readonly Guid Highest = Guid.AllBitsSet;

    /// <summary>Bot → channel of its latest claim here, where its next walk begins.</summary>
    private readonly ConcurrentDictionary<Guid, Guid> _cursors = new();

    /// <summary>Claims queued activations, in turns between the bots: the oldest of each bot in each channel, none while that bot runs there.</summary>
    /// <param name="owner">The worker's name, for people who read the table.</param>
    /// <param name="count">How many at most.</param>
    /// <param name="cancellationToken">Cancels the claim.</param>
    /// <returns>The new claims; empty when nothing waits.</returns>
    /// <exception cref="NpgsqlException">Postgres cannot be reached.</exception>
    public async Task<IReadOnlyList<ActivationClaim>> ClaimWaitingAsync(string owner, int count, CancellationToken cancellationToken)
    {
        var known = _cursors.ToArray();
        try
        {
            var claims = await Claim(ClaimSql.Waiting, owner, count)
                .With("cursorBots", Array.ConvertAll(known, cursor => cursor.Key))
                .With("cursorChannels", Array.ConvertAll(known, cursor => cursor.Value))
                .With("lowest", Lowest)
                .With("highest", Highest)
                .With("walk", Walk)
                .ListAsync(ClaimRow.Read, cancellationToken);
            claims.ForEach(claim => _cursors[claim.BotId] = claim.ChannelId);
            return claims;
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            // Another worker began the same bot in the same channel between our read and our claim; the next round sees it.
            return [];
        }
    }

    /// <summary>
    /// Settles what a dead or paused worker held: every lease that expired, but none within one lease of Postgres' own start. What a paused worker has locked
    /// is unlocked first and settled by a later call.
    /// </summary>
    /// <param name="owner">The worker's name, for people who read the table.</param>
    /// <param name="count">How many at most.</param>
    /// <param name="held">
    /// What the caller itself is still running. While Postgres is unavailable those leases expire too; its heartbeat renews them, and
    /// claiming them would throw away answers that are being written.
    /// </param>
    /// <param name="maxLosses">After how many losses in a row it is parked.</param>
    /// <param name="cancellationToken">Cancels the claim.</param>
    /// <returns>What became of them.</returns>
    /// <exception cref="NpgsqlException">Postgres cannot be reached.</exception>
    public async Task<SettledLosses> SettleLossesAsync(
        string owner, int count, IEnumerable<Guid> held, int maxLosses, CancellationToken cancellationToken)
    {
        var own = held.ToArray();
        var ended = await source.Sql(ClaimSql.EndPaused).With("lease", Lease).With("held", own).ScalarAsync<long>(cancellationToken);
        var settled = await Claim(ClaimSql.Abandoned, owner, count)
            .With("held", own)
            .With("maxLosses", maxLosses)
            .ListAsync(row => (State: row.Enum<ActivationState>("state"), Claim: ClaimRow.Read(row)), cancellationToken);
        var rows = settled.ToLookup(row => row.State, row => row.Claim);
        return new SettledLosses(
            [.. rows[ActivationState.Running]],
            [.. rows[ActivationState.Parked].Select(claim => claim.ChannelId)],
            rows[ActivationState.Queued].Count(),
            (int)ended);
    }

    /// <summary>Releases claims at once, so that another worker need not wait for the leases to expire. The attempts do not count.</summary>
    /// <returns>How many were still the caller's.</returns>
    /// <exception cref="NpgsqlException">Postgres cannot be reached.</exception>
    public async Task<int> HandBackAsync(IReadOnlyCollection<ActivationClaim> claims, CancellationToken cancellationToken)
    {
        return (int)await source.Sql(
            $"""
            with {ClaimSql.Newest}, handed_back as (
                update activations a
                set state = 'queued', lease_owner = null, lease_until = null, attempt = a.attempt - 1
                from own
                where a.id = own.id
                returning a.id)
            select count(*), pg_notify('{WakeChannel}', '') from handed_back
            """)
            .With("ids", claims.Select(claim => claim.Id).ToArray())
            .With("fences", claims.Select(claim => claim.Fence).ToArray())
            .ScalarAsync<long>(cancellationToken);
    }

    private SqlStatement Claim(string sql, string owner, int count) => source.Sql(sql)
        .With("owner", owner)
        .With("lease", Lease)
        .With("count", count);
}

/// <summary>What happened to claims whose lease expired.</summary>
/// <param name="TakenOver">Now this worker's.</param>
/// <param name="ParkedChannels">Channels in which one was parked; whoever follows them wants to know.</param>
/// <param name="Delayed">How many wait before the next attempt.</param>
/// <param name="EndedConnections">How many connections of paused workers were ended, because they locked expired claims.</param>
public sealed record SettledLosses(IReadOnlyList<ActivationClaim> TakenOver, IReadOnlyList<Guid> ParkedChannels, int Delayed, int EndedConnections);
