using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Npgsql;
using NpgsqlTypes;

namespace Platform.Core.Activations;

/// <summary>
/// Renews the leases of every claim of this process once a second, from a thread of its own: a thread pool busy with
/// answers must not cost the process its leases. A heartbeat also brings word of what a person wants stopped.
/// </summary>
public sealed partial class LeaseKeeper : IDisposable
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<Guid, HeldLease> held = new();
    private readonly ManualResetEvent stop = new(false);
    private readonly AutoResetEvent soon = new(false);
    private readonly NpgsqlDataSource source;
    private readonly ILogger<LeaseKeeper> logger;
    private readonly Thread thread;
    private volatile bool beating = true;

    /// <summary>Starts the thread.</summary>
    public LeaseKeeper(NpgsqlDataSource source, ILogger<LeaseKeeper> logger)
    {
        this.source = source;
        this.logger = logger;
        thread = new Thread(Run) { IsBackground = true, Name = "lease-keeper", Priority = ThreadPriority.AboveNormal };
        thread.Start();
    }

    /// <summary>How many claims this process holds.</summary>
    public int Count => held.Count;

    /// <summary>The claims this process holds.</summary>
    public IReadOnlyCollection<HeldLease> Held => [.. held.Values];

    /// <summary>Their ids.</summary>
    public IReadOnlyCollection<Guid> HeldIds => [.. held.Keys];

    /// <summary>False after a failed heartbeat, until one went through again: meanwhile this process cannot judge whose lease ran out.</summary>
    public bool IsBeating => beating;

    /// <summary>Keeps a claim alive until it is released.</summary>
    public HeldLease Hold(ActivationClaim claim)
    {
        var lease = new HeldLease(claim);
        held[claim.Id] = lease;
        return lease;
    }

    /// <summary>Stops renewing a claim, whether it was finished, handed back or lost.</summary>
    public void Release(HeldLease lease)
    {
        if (held.TryRemove(KeyValuePair.Create(lease.Claim.Id, lease)))
        {
            lease.Dispose();
        }
    }

    /// <summary>Beats at once if this process holds the claim, since somebody wants it stopped.</summary>
    public void LookAfter(Guid id)
    {
        if (held.ContainsKey(id))
        {
            soon.Set();
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        stop.Set();
        thread.Join(TimeSpan.FromSeconds(2));
        stop.Dispose();
        soon.Dispose();
    }

    private void Run()
    {
        WaitHandle[] signals = [stop, soon];
        while (WaitHandle.WaitAny(signals, Beat) != 0)
        {
            if (held.IsEmpty)
            {
                beating = true;
                continue;
            }

            try
            {
                Renew();
                beating = true;
            }
            catch (Exception exception) when (exception is NpgsqlException or TimeoutException or InvalidOperationException)
            {
                // Nobody else can take over without the database either, and the fence guards the finish.
                beating = false;
                LogNotRenewed(held.Count, exception.Message);
            }
        }
    }

    private void Renew()
    {
        var leases = held.Values.ToArray();
        var renewed = RenewedOf(leases);
        foreach (var lease in leases)
        {
            var claim = lease.Claim;
            if (renewed.TryGetValue(claim.Id, out var cancelledBy))
            {
                if (cancelledBy is not null && lease.CancelledBy is null)
                {
                    lease.Cancel(cancelledBy);
                }
            }
            else if (held.TryGetValue(claim.Id, out var current) && ReferenceEquals(current, lease))
            {
                // A claim that was finished since the snapshot is gone from the dictionary: that is no loss.
                LogLost(claim.Id, claim.Fence);
                lease.Lose();
            }
        }
    }

    private Dictionary<Guid, string?> RenewedOf(HeldLease[] leases)
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
        command.Parameters.AddWithValue("ids", Array.ConvertAll(leases, lease => lease.Claim.Id));
        command.Parameters.AddWithValue("fences", Array.ConvertAll(leases, lease => lease.Claim.Fence));
        Dictionary<Guid, string?> renewed = [];
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            renewed[reader.GetGuid(0)] = reader.IsDBNull(1) ? null : reader.GetString(1);
        }

        return renewed;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} leases could not be renewed: {Reason}")]
    private partial void LogNotRenewed(int count, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Activation {Id} was taken over by another worker; claim {Fence} stops")]
    private partial void LogLost(Guid id, long fence);
}
