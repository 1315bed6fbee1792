using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Npgsql;
using NpgsqlTypes;
using Platform.Core.Leases;
using Platform.Core.Runs;

namespace Platform.Core.Activations.Queue;

/// <summary>Renews the leases of every claim of this process once a second. A heartbeat also brings word of what a person wants stopped.</summary>
public sealed partial class LeaseKeeper : IDisposable
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<Guid, HeldLease> held = new();
    private readonly NpgsqlDataSource source;
    private readonly ILogger<LeaseKeeper> logger;
    private readonly LeaseHeartbeat<Guid> beat;

    /// <summary>Starts the heartbeat.</summary>
    public LeaseKeeper(NpgsqlDataSource source, ILogger<LeaseKeeper> logger)
    {
        this.source = source;
        this.logger = logger;
        beat = new LeaseHeartbeat<Guid>("activation-leases", Beat, Renew, LogNotRenewed, LogLost);
    }

    /// <summary>How many claims this process holds.</summary>
    public int Count => held.Count;

    /// <summary>The claims this process holds.</summary>
    public IReadOnlyCollection<HeldLease> Held => [.. held.Values];

    /// <summary>Their ids.</summary>
    public IReadOnlyCollection<Guid> HeldIds => [.. held.Keys];

    /// <summary>False after a failed heartbeat, until one went through again: meanwhile this process cannot judge whose lease ran out.</summary>
    public bool IsRenewing => beat.IsRenewing;

    /// <summary>Keeps a claim alive until it is released.</summary>
    /// <param name="claim">The claim.</param>
    /// <param name="span">Its span, which ends with the release.</param>
    public HeldLease Hold(ActivationClaim claim, Activity? span = null)
    {
        var lease = new HeldLease(claim, span, beat.Hold(claim.Id, claim.Fence));
        held[claim.Id] = lease;
        return lease;
    }

    /// <summary>Stops renewing a claim, whether it was finished, handed back or lost.</summary>
    public void Release(HeldLease lease)
    {
        beat.Release(lease.Claim.Id, lease.Claim.Fence);
        held.TryRemove(KeyValuePair.Create(lease.Claim.Id, lease));
        lease.Dispose();
    }

    /// <summary>Beats at once if this process holds the claim, since somebody wants it stopped.</summary>
    public void LookAfter(Guid id)
    {
        if (held.ContainsKey(id))
        {
            beat.RenewSoon();
        }
    }

    /// <inheritdoc />
    public void Dispose() => beat.Dispose();

    private HashSet<Guid> Renew(IReadOnlyList<(Guid Key, long Fence)> leases)
    {
        using var connection = source.OpenConnection();
        using var command = new NpgsqlCommand(
            """
            with own as (
                select a.id
                from activations a
                join unnest(@ids, @fences) as claim (id, fence) on a.id = claim.id
                where a.lease_fence = claim.fence and a.state = 'running'
                order by a.id
                for update of a
            )
            update activations a
            set lease_until = now() + @lease
            from own
            where a.id = own.id
            returning a.id, a.cancel_requested_by
            """,
            connection) { CommandTimeout = 3 };
        command.Parameters.Add(new NpgsqlParameter("lease", NpgsqlDbType.Interval) { Value = ActivationQueue.Lease });
        command.Parameters.AddWithValue("ids", leases.Select(lease => lease.Key).ToArray());
        command.Parameters.AddWithValue("fences", leases.Select(lease => lease.Fence).ToArray());
        HashSet<Guid> renewed = [];
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            var id = reader.GetGuid(0);
            renewed.Add(id);
            if (!reader.IsDBNull(1) && held.TryGetValue(id, out var lease))
            {
                lease.Cancel(reader.GetString(1));
            }
        }

        return renewed;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} leases could not be renewed: {Reason}")]
    private partial void LogNotRenewed(int count, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Activation {Id} was taken over by another worker; claim {Fence} stops")]
    private partial void LogLost(Guid id, long fence);
}
