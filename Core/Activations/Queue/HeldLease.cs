using System.Diagnostics;
using Platform.Core.Runs;

namespace Platform.Core.Activations.Queue;

/// <summary>A claim whose lease <see cref="LeaseKeeper"/> renews.</summary>
public sealed class HeldLease : IDisposable
{
    private readonly CancellationTokenSource _cancelled = new();

    internal HeldLease(ActivationClaim claim, Activity? span, CancellationToken lost)
    {
        Claim = claim;
        Span = span;
        Lost = lost;
        Cancelled = _cancelled.Token;
        if (claim.CancelRequestedBy is { } who)
        {
            Cancel(who);
        }
    }

    public ActivationClaim Claim { get; }

    /// <summary>The span of this claim, from the claim to its release; null when tracing is off.</summary>
    public Activity? Span { get; }

    /// <summary>OpenTelemetry's trace id; null when the claim is not recorded.</summary>
    public string? OtelTraceId => Span is { Recorded: true } ? Span.TraceId.ToHexString() : null;

    /// <summary>Cancelled when the claim is no longer the newest: it can store nothing any more.</summary>
    public CancellationToken Lost { get; }

    /// <summary>Cancelled when a person cancels the activation.</summary>
    public CancellationToken Cancelled { get; }

    /// <summary>Who requested its cancellation; null when nobody did.</summary>
    public string? CancelledBy { get; private set; }

    /// <inheritdoc />
    public void Dispose()
    {
        _cancelled.Dispose();
        if (Span is not null)
        {
            // It ends in whatever flow releases it, whose own span goes on.
            var current = Activity.Current;
            Span.Dispose();
            Activity.Current = current == Span ? null : current;
        }
    }

    internal void Cancel(string who)
    {
        if (CancelledBy is not null)
        {
            return;
        }

        CancelledBy = who;
        try
        {
            // Continuations run elsewhere: they must not delay the heartbeat.
            _ = _cancelled.CancelAsync();
        }
        catch (ObjectDisposedException)
        {
            // Released in this very moment.
        }
    }
}
