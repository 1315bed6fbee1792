namespace Platform.Core.Activations;

/// <summary>A claim whose lease <see cref="LeaseKeeper"/> renews.</summary>
public sealed class HeldLease : IDisposable
{
    private readonly CancellationTokenSource cancelled = new();

    internal HeldLease(ActivationClaim claim, CancellationToken lost)
    {
        Claim = claim;
        Lost = lost;
        Cancelled = cancelled.Token;
        if (claim.CancelRequestedBy is { } who)
        {
            Cancel(who);
        }
    }

    public ActivationClaim Claim { get; }

    /// <summary>Cancelled when the claim is no longer the newest: whatever it still does is in vain.</summary>
    public CancellationToken Lost { get; }

    /// <summary>Cancelled when a person wants it stopped.</summary>
    public CancellationToken Cancelled { get; }

    /// <summary>Who wants it stopped; null while nobody does.</summary>
    public string? CancelledBy { get; private set; }

    /// <inheritdoc />
    public void Dispose() => cancelled.Dispose();

    internal void Cancel(string who)
    {
        if (CancelledBy is not null)
        {
            return;
        }

        CancelledBy = who;
        try
        {
            // What follows runs elsewhere: it must not hold up the heartbeat.
            _ = cancelled.CancelAsync();
        }
        catch (ObjectDisposedException)
        {
            // Released in this very moment.
        }
    }
}
