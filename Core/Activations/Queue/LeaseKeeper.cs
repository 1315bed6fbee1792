using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Npgsql;
using Platform.Core.Leases;
using Platform.Core.Runs;
using Platform.Core.Storage;

namespace Platform.Core.Activations.Queue;

/// <summary>Renews the leases of every claim of this process once a second. A heartbeat also reads requested cancellations.</summary>
public sealed partial class LeaseKeeper : IDisposable
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan RenewTimeout = TimeSpan.FromSeconds(3);

    private readonly ConcurrentDictionary<Guid, HeldLease> _held = new();
    private readonly NpgsqlDataSource _source;
    private readonly ILogger<LeaseKeeper> _logger;
    private readonly LeaseHeartbeat<Guid> _beat;

    /// <summary>Starts the heartbeat.</summary>
    public LeaseKeeper(NpgsqlDataSource source, ILogger<LeaseKeeper> logger)
    {
        this._source = source;
        this._logger = logger;
        _beat = new LeaseHeartbeat<Guid>("activation-leases", Beat, Renew, LogNotRenewed, LogLost);
    }

    /// <summary>How many claims this process holds.</summary>
    public int Count => _held.Count;

    /// <summary>The claims this process holds.</summary>
    public IReadOnlyCollection<HeldLease> Held => [.. _held.Values];

    /// <summary>Their ids.</summary>
    public IReadOnlyCollection<Guid> HeldIds => [.. _held.Keys];

    /// <summary>False after a failed heartbeat, until one went through again: meanwhile this process cannot judge whose lease expired.</summary>
    public bool IsRenewing => _beat.IsRenewing;

    /// <summary>Keeps a claim alive until it is released.</summary>
    /// <param name="claim">The claim.</param>
    /// <param name="span">Its span, which ends with the release.</param>
    public HeldLease Hold(ActivationClaim claim, Activity? span = null)
    {
        var lease = new HeldLease(claim, span, _beat.Hold(claim.Id, claim.Fence));
        _held[claim.Id] = lease;
        return lease;
    }

    /// <summary>Stops renewing a claim, whether it was finished, released or lost.</summary>
    public void Release(HeldLease lease)
    {
        _beat.Release(lease.Claim.Id, lease.Claim.Fence);
        _held.TryRemove(KeyValuePair.Create(lease.Claim.Id, lease));
        lease.Dispose();
    }

    /// <summary>Sends a heartbeat at once if this process holds the claim, because its cancellation was requested.</summary>
    public void RenewSoon(Guid id)
    {
        if (_held.ContainsKey(id))
        {
            _beat.RenewSoon();
        }
    }

    /// <inheritdoc />
    public void Dispose() => _beat.Dispose();

    private HashSet<Guid> Renew(IReadOnlyList<(Guid Key, long Fence)> leases)
    {
        using var connection = _source.OpenConnection();
        var rows = connection.Sql(
            $"""
            with {ClaimSql.Newest}
            update activations a
            set lease_until = now() + @lease
            from own
            where a.id = own.id
            returning a.id, a.cancel_requested_by
            """)
            .With("lease", ActivationQueue.Lease)
            .With("ids", leases.Select(lease => lease.Key).ToArray())
            .With("fences", leases.Select(lease => lease.Fence).ToArray())
            .WithTimeout(RenewTimeout)
            .List(row => (Id: row.Get<Guid>("id"), CancelledBy: row.GetOrNull<string>("cancel_requested_by")));
        foreach (var (id, cancelledBy) in rows)
        {
            if (cancelledBy is not null && _held.TryGetValue(id, out var lease))
            {
                lease.Cancel(cancelledBy);
            }
        }

        return [.. rows.Select(row => row.Id)];
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} leases could not be renewed: {Reason}")]
    private partial void LogNotRenewed(int count, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Activation {Id} was taken over by another worker; claim {Fence} is cancelled")]
    private partial void LogLost(Guid id, long fence);
}
