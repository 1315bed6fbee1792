using System.Threading.Channels;

namespace Platform.Core.Storage;

/// <summary>Lets a loop wait until there is work. Signals that arrive while it works count as one.</summary>
public sealed class WakeSignal
{
    private readonly Channel<bool> _signal = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Wakes the loop, or keeps it from sleeping the next time.</summary>
    public void Wake() => _signal.Writer.TryWrite(true);

    /// <summary>Clears a pending signal.</summary>
    /// <returns>False when none did.</returns>
    public bool TryTake() => _signal.Reader.TryRead(out _);

    /// <summary>Waits for a wake.</summary>
    public async Task WaitAsync(CancellationToken cancellationToken) => await _signal.Reader.ReadAsync(cancellationToken);

    /// <summary>Waits for a wake, at most as long as <paramref name="longest"/>.</summary>
    public async Task WaitAsync(TimeSpan longest, CancellationToken cancellationToken)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(longest);
        try
        {
            await WaitAsync(timeout.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // No signal within the interval: check anyway.
        }
    }
}
