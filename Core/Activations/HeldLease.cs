namespace Platform.Core.Activations;

/// <summary>A claim whose lease <see cref="LeaseKeeper"/> renews.</summary>
public sealed class HeldLease : IDisposable
{
    private readonly CancellationTokenSource lost = new();
    private readonly CancellationTokenSource cancelled = new();

    internal HeldLease(ActivationClaim claim)
    {
        Claim = claim;
        if (claim.CancelRequestedBy is { } who)
        {
            Cancel(who);
        }
    }

    public ActivationClaim Claim { get; }

    /// <summary>Cancelled when the claim is no longer the newest: whatever it still does is in vain.</summary>
    public CancellationToken Lost => lost.Token;

    /// <summary>Cancelled when a person wants it stopped.</summary>
    public CancellationToken Cancelled => cancelled.Token;

    /// <summary>Who wants it stopped; null while nobody does.</summary>
    public string? CancelledBy { get; private set; }

    /// <inheritdoc />
    public void Dispose()
    {
        lost.Dispose();
        cancelled.Dispose();
    }

    internal void Lose() => Signal(lost);

    internal void Cancel(string who)
    {
        CancelledBy = who;
        Signal(cancelled);
    }

    private static void Signal(CancellationTokenSource source)
    {
        try
        {
            source.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // Released in this very moment.
        }
    }
}
