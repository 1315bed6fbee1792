using Platform.Contracts.Outbox;

namespace Platform.Core.Outbox;

/// <summary>Delivers the effects of one kind.</summary>
public interface IEffectSender
{
    /// <summary>What it delivers.</summary>
    EffectKind Kind { get; }

    /// <summary>Tries once. It repeats nothing: retries belong to the outbox.</summary>
    /// <param name="claim">What to deliver.</param>
    /// <param name="cancellationToken">The claim was lost or the process stops.</param>
    /// <exception cref="OperationCanceledException">Cancelled; the receiver may or may not have it.</exception>
    /// <exception cref="Npgsql.NpgsqlException">Postgres cannot be reached.</exception>
    Task<DeliveryResult> SendAsync(EffectClaim claim, CancellationToken cancellationToken);
}
