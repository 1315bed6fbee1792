using System.Collections.Concurrent;
using Platform.Core.Storage;

namespace Platform.Core.Leases;

/// <summary>
/// Renews leases from its own thread, so that a busy thread pool loses no lease.
/// Each lease has a fencing number; it is lost when its number is no longer the newest in the database.
/// </summary>
/// <typeparam name="TKey">What is leased.</typeparam>
internal sealed class LeaseHeartbeat<TKey> : IDisposable
    where TKey : notnull
{
    private static readonly TimeSpan UsualReleaseTime = TimeSpan.FromMilliseconds(200);

    private readonly ConcurrentDictionary<TKey, (long Fence, CancellationTokenSource Lost)> _held = new();
    private readonly ManualResetEvent _stop = new(false);
    private readonly AutoResetEvent _soon = new(false);
    private readonly TimeSpan _beat;
    private readonly TimeSpan _releaseTime;
    private readonly Func<IReadOnlyList<(TKey Key, long Fence)>, IReadOnlySet<TKey>> _renew;
    private readonly Action<int, string> _onNotRenewed;
    private readonly Action<TKey, long> _onLost;
    private readonly Thread _thread;
    private volatile bool _beating = true;

    /// <summary>Starts the thread.</summary>
    /// <param name="name">Name of the thread, for debugging.</param>
    /// <param name="beat">Time between two renewals; a small part of the lease.</param>
    /// <param name="renew">Renews in the database, called on the thread, and returns which were renewed. May throw what Npgsql throws.</param>
    /// <param name="onNotRenewed">Called with the number of leases that could not be renewed, and the reason. They are not lost yet.</param>
    /// <param name="onLost">Called with a lease that another process holds now.</param>
    /// <param name="releaseTime">
    /// How long work may take between ending its lease in the database and releasing it here, without being reported as lost; 200 ms if null. Zero for a
    /// lease that ends with the process only.
    /// </param>
    public LeaseHeartbeat(
        string name,
        TimeSpan beat,
        Func<IReadOnlyList<(TKey Key, long Fence)>, IReadOnlySet<TKey>> renew,
        Action<int, string> onNotRenewed,
        Action<TKey, long> onLost,
        TimeSpan? releaseTime = null)
    {
        this._beat = beat;
        this._releaseTime = releaseTime ?? UsualReleaseTime;
        this._renew = renew;
        this._onNotRenewed = onNotRenewed;
        this._onLost = onLost;
        _thread = new Thread(Run) { IsBackground = true, Name = name, Priority = ThreadPriority.AboveNormal };
        _thread.Start();
    }

    /// <summary>False after a failed renewal, until one went through again: meanwhile this process cannot judge whose lease expired.</summary>
    public bool IsRenewing => _beating;

    /// <summary>Keeps a lease alive until it is released. An older one of the same key, held here too, is lost.</summary>
    /// <returns>Cancelled when another process holds the lease: the holder's further writes are refused.</returns>
    public CancellationToken Hold(TKey key, long fence)
    {
        var lost = new CancellationTokenSource();
        (long Fence, CancellationTokenSource Lost)? older = null;
        _held.AddOrUpdate(
            key,
            _ => (fence, lost),
            (_, entry) =>
            {
                older = entry;
                return (fence, lost);
            });
        if (older is { } replaced)
        {
            Cancel(key, replaced.Fence, replaced.Lost);
        }

        return lost.Token;
    }

    /// <summary>Stops renewing a lease, whether its work was finished, released or lost.</summary>
    public void Release(TKey key, long fence)
    {
        if (_held.TryGetValue(key, out var entry) && entry.Fence == fence && _held.TryRemove(KeyValuePair.Create(key, entry)))
        {
            entry.Lost.Dispose();
        }
    }

    /// <summary>Renews at once instead of at the next beat.</summary>
    public void RenewSoon() => _soon.Set();

    /// <inheritdoc />
    public void Dispose()
    {
        _stop.Set();
        _thread.Join(TimeSpan.FromSeconds(2));
        _stop.Dispose();
        _soon.Dispose();
    }

    private void Run()
    {
        WaitHandle[] signals = [_stop, _soon];
        while (WaitHandle.WaitAny(signals, _beat) != 0)
        {
            try
            {
                Renew();
                _beating = true;
            }
            catch (Exception exception) when (DatabaseFailure.IsThrownByNpgsql(exception) || exception is InvalidOperationException)
            {
                // Nobody else can take over without the database either, and the fence guards the finish.
                _beating = false;
                _onNotRenewed(_held.Count, exception.Message);
            }
        }
    }

    private void Renew()
    {
        List<(TKey Key, long Fence)> leases = [.. _held.Select(entry => (entry.Key, entry.Value.Fence))];
        if (leases.Count == 0)
        {
            return;
        }

        var renewed = _renew(leases);
        List<(TKey Key, long Fence)> missing = [.. leases.Where(lease => !renewed.Contains(lease.Key) && _held.ContainsKey(lease.Key))];

        // Work that is finished ends its lease in the database just before it releases it here: that is no loss.
        if (missing.Count > 0 && !_stop.WaitOne(_releaseTime))
        {
            foreach (var (key, fence) in missing)
            {
                if (_held.TryGetValue(key, out var entry) && entry.Fence == fence)
                {
                    Cancel(key, fence, entry.Lost);
                }
            }
        }
    }

    private void Cancel(TKey key, long fence, CancellationTokenSource lost)
    {
        _onLost(key, fence);
        try
        {
            // Continuations of the loss run elsewhere: they must not delay the other leases.
            _ = lost.CancelAsync();
        }
        catch (ObjectDisposedException)
        {
            // Released in this very moment.
        }
    }
}
