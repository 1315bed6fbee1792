using System.Collections.Concurrent;
using Npgsql;
using NpgsqlTypes;
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
    /// <summary>Postgres notifies this channel when an activation was queued or handed back.</summary>
    public const string WakeChannel = "activations";

    /// <summary>Postgres notifies this channel, with the id, when somebody asked to stop a running activation.</summary>
    public const string CancelChannel = "activation_cancels";

    /// <summary>How long a claim holds without a heartbeat.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(4);

    /// <summary>How many channels of one bot are looked at for one claim.</summary>
    private const int Walk = 512;

    private static readonly Guid Lowest = Guid.Empty;
    private static readonly Guid Highest = Guid.AllBitsSet;

    /// <summary>Bot → channel of its latest claim here, where its next walk begins.</summary>
    private readonly ConcurrentDictionary<Guid, Guid> cursors = new();

    /// <summary>Claims what waits, in turns between the bots: the oldest of each bot in each channel, none while that bot runs there.</summary>
    /// <param name="owner">The worker's name, for people who read the table.</param>
    /// <param name="count">How many at most.</param>
    /// <param name="cancellationToken">Cancels the claim.</param>
    /// <returns>What is now this worker's; empty when nothing waits.</returns>
    /// <exception cref="NpgsqlException">Postgres cannot be reached.</exception>
    public async Task<IReadOnlyList<ActivationClaim>> ClaimWaitingAsync(string owner, int count, CancellationToken cancellationToken)
    {
        await using var command = ClaimCommand(ClaimSql.Waiting, owner, count);
        var known = cursors.ToArray();
        command.Parameters.AddWithValue("cursorBots", Array.ConvertAll(known, cursor => cursor.Key));
        command.Parameters.AddWithValue("cursorChannels", Array.ConvertAll(known, cursor => cursor.Value));
        command.Parameters.AddWithValue("lowest", Lowest);
        command.Parameters.AddWithValue("highest", Highest);
        command.Parameters.AddWithValue("walk", Walk);
        try
        {
            var claims = (await ReadAsync(command, cancellationToken)).ConvertAll(row => row.Claim);
            claims.ForEach(claim => cursors[claim.BotId] = claim.ChannelId);
            return claims;
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            // Another worker began the same bot in the same channel between our look and our claim; the next round sees it.
            return [];
        }
    }

    /// <summary>Settles what a dead or paused worker held: every lease that ran out, but none within one lease of Postgres' own start.</summary>
    /// <param name="owner">The worker's name, for people who read the table.</param>
    /// <param name="count">How many at most.</param>
    /// <param name="held">
    /// What the caller itself is still running. While Postgres is away those leases run out too; its heartbeat renews them, and
    /// claiming them would throw away answers that are being written.
    /// </param>
    /// <param name="maxLosses">After how many losses in a row it is parked.</param>
    /// <param name="cancellationToken">Cancels the claim.</param>
    /// <returns>What became of them.</returns>
    /// <exception cref="NpgsqlException">Postgres cannot be reached.</exception>
    public async Task<SettledLosses> SettleLossesAsync(
        string owner, int count, IEnumerable<Guid> held, int maxLosses, CancellationToken cancellationToken)
    {
        await using var command = ClaimCommand(ClaimSql.Abandoned, owner, count);
        command.Parameters.AddWithValue("held", held.ToArray());
        command.Parameters.AddWithValue("maxLosses", maxLosses);
        var rows = (await ReadAsync(command, cancellationToken)).ToLookup(row => row.State, row => row.Claim);
        return new SettledLosses(
            [.. rows[ActivationState.Running]],
            [.. rows[ActivationState.Parked].Select(claim => claim.ChannelId)],
            rows[ActivationState.Queued].Count());
    }

    /// <summary>Gives claims back at once, so that another worker need not wait for the leases to run out. The attempts do not count.</summary>
    /// <returns>How many were still the caller's.</returns>
    /// <exception cref="NpgsqlException">Postgres cannot be reached.</exception>
    public async Task<int> HandBackAsync(IReadOnlyCollection<ActivationClaim> claims, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(
            $"""
            with own as (
                select a.id
                from activations a
                join unnest(@ids, @fences) as claim (id, fence) on a.id = claim.id
                where a.state = 'running' and a.lease_fence = claim.fence
                order by a.id
                for update of a
            ), handed_back as (
                update activations a
                set state = 'queued', lease_owner = null, lease_until = null, attempt = a.attempt - 1
                from own
                where a.id = own.id
                returning a.id)
            select count(*), pg_notify('{WakeChannel}', '') from handed_back
            """);
        command.Parameters.AddWithValue("ids", claims.Select(claim => claim.Id).ToArray());
        command.Parameters.AddWithValue("fences", claims.Select(claim => claim.Fence).ToArray());
        return (int)(long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    private NpgsqlCommand ClaimCommand(string sql, string owner, int count)
    {
        var command = source.CreateCommand(sql);
        command.Parameters.AddWithValue("owner", owner);
        command.Parameters.Add(new NpgsqlParameter("lease", NpgsqlDbType.Interval) { Value = Lease });
        command.Parameters.AddWithValue("count", count);
        return command;
    }

    private static async Task<List<(ActivationClaim Claim, ActivationState State)>> ReadAsync(
        NpgsqlCommand command, CancellationToken cancellationToken)
    {
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        List<(ActivationClaim, ActivationState)> rows = [];
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add((Read(reader), EnumText.Parse<ActivationState>(reader.GetString(16))));
        }

        return rows;
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
        reader.GetInt32(9),
        reader.GetInt32(10),
        reader.IsDBNull(11) ? null : reader.GetString(11),
        reader.IsDBNull(12) ? null : reader.GetString(12),
        reader.IsDBNull(13) ? null : reader.GetString(13),
        reader.GetFieldValue<DateTimeOffset>(14),
        reader.IsDBNull(15) ? reader.GetFieldValue<DateTimeOffset>(14) : reader.GetFieldValue<DateTimeOffset>(15));
}
