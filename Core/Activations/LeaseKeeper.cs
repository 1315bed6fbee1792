using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Npgsql;
using NpgsqlTypes;

namespace Platform.Core.Activations;

/// <summary>
/// Renews the leases of every claim of this process once a second, from a thread of its own: a thread pool busy with
/// answers must not cost the process its leases.
/// </summary>
public sealed partial class LeaseKeeper : IDisposable
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<Guid, (long Fence, CancellationTokenSource Lost)> held = new();
    private readonly ManualResetEventSlim stop = new();
    private readonly NpgsqlDataSource source;
    private readonly ILogger<LeaseKeeper> logger;
    private readonly Thread thread;

    /// <summary>Starts the thread.</summary>
    public LeaseKeeper(NpgsqlDataSource source, ILogger<LeaseKeeper> logger)
    {
        this.source = source;
        this.logger = logger;
        thread = new Thread(Run) { IsBackground = true, Name = "lease-keeper", Priority = ThreadPriority.AboveNormal };
        thread.Start();
    }

    /// <summary>The activations that this process works on: when their leases ran out because the database was away, they are renewed, not taken over.</summary>
    public IReadOnlyCollection<Guid> Held => [.. held.Keys];

    /// <summary>Keeps a claim alive until it is released.</summary>
    /// <returns>Cancelled when the database says that the claim is no longer the newest: whatever it still does is in vain.</returns>
    public CancellationToken Hold(ActivationClaim claim)
    {
        var lost = new CancellationTokenSource();
        held[claim.Id] = (claim.Fence, lost);
        return lost.Token;
    }

    /// <summary>Stops renewing a claim, whether it was finished, handed back or lost.</summary>
    public void Release(ActivationClaim claim)
    {
        if (held.TryGetValue(claim.Id, out var entry) && entry.Fence == claim.Fence && held.TryRemove(claim.Id, out _))
        {
            entry.Lost.Dispose();
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        stop.Set();
        if (thread.Join(TimeSpan.FromSeconds(2)))
        {
            stop.Dispose(); // else it still waits for the database, and looks at this afterwards
        }
    }

    private void Run()
    {
        while (!stop.Wait(Beat))
        {
            if (held.IsEmpty)
            {
                continue;
            }

            try
            {
                Renew();
            }
            catch (Exception exception) when (exception is NpgsqlException or TimeoutException or InvalidOperationException)
            {
                // Nobody else can take over without the database either, and the fence guards the finish.
                LogNotRenewed(held.Count, exception.Message);
            }
        }
    }

    private void Renew()
    {
        var claims = held.ToArray();
        using var connection = source.OpenConnection();
        using var command = new NpgsqlCommand(
            """
            update activations a
            set lease_until = now() + @lease
            from unnest(@ids, @fences) as claim (id, fence)
            where a.id = claim.id and a.lease_fence = claim.fence and a.state = 'running'
            returning a.id
            """,
            connection) { CommandTimeout = 3 };
        command.Parameters.Add(new NpgsqlParameter("lease", NpgsqlDbType.Interval) { Value = ActivationQueue.Lease });
        command.Parameters.AddWithValue("ids", claims.Select(claim => claim.Key).ToArray());
        command.Parameters.AddWithValue("fences", claims.Select(claim => claim.Value.Fence).ToArray());
        HashSet<Guid> renewed = [];
        using (var reader = command.ExecuteReader())
        {
            while (reader.Read())
            {
                renewed.Add(reader.GetGuid(0));
            }
        }

        foreach (var (id, entry) in claims)
        {
            if (!renewed.Contains(id))
            {
                Lose(id, entry.Fence);
            }
        }
    }

    private void Lose(Guid id, long fence)
    {
        // A claim that was finished since the snapshot is gone from the dictionary: that is no loss.
        if (held.TryGetValue(id, out var entry) && entry.Fence == fence)
        {
            LogLost(id, fence);
            try
            {
                // Whatever hangs on the token must not run on this thread, nor throw on it.
                _ = entry.Lost.CancelAsync();
            }
            catch (ObjectDisposedException)
            {
                // Released in this very moment.
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} leases could not be renewed: {Reason}")]
    private partial void LogNotRenewed(int count, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Activation {Id} was taken over by another worker; claim {Fence} stops")]
    private partial void LogLost(Guid id, long fence);
}
