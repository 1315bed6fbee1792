using Microsoft.Extensions.Logging;
using Platform.Core.Leases;

namespace Platform.Core.Outbox;

/// <summary>Keeps the leases of what this process is delivering: a slow receiver must not cost it its claim.</summary>
public sealed partial class DeliveryLeases : IDisposable
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);

    private readonly LeaseHeartbeat<Guid> _beat;
    private readonly ILogger<DeliveryLeases> _logger;

    /// <summary>Starts the heartbeat.</summary>
    public DeliveryLeases(OutboxQueue queue, ILogger<DeliveryLeases> logger)
    {
        this._logger = logger;
        _beat = new LeaseHeartbeat<Guid>("delivery-leases", Beat, queue.Renew, LogNotRenewed, LogLost);
    }

    /// <summary>Keeps a claim alive until it is released.</summary>
    /// <returns>Cancelled when the claim is no longer the newest: its holder can store nothing any more.</returns>
    public CancellationToken Hold(EffectClaim claim) => _beat.Hold(claim.Id, claim.Fence);

    /// <summary>Stops renewing a claim.</summary>
    public void Release(EffectClaim claim) => _beat.Release(claim.Id, claim.Fence);

    /// <inheritdoc />
    public void Dispose() => _beat.Dispose();

    [LoggerMessage(Level = LogLevel.Warning, Message = "The leases of {Count} deliveries could not be renewed: {Reason}")]
    private partial void LogNotRenewed(int count, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Delivery {Id} was taken over by another worker; claim {Fence} ended")]
    private partial void LogLost(Guid id, long fence);
}
