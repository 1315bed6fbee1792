using Platform.Contracts.Outbox;

namespace Platform.Core.Outbox;

/// <summary>Something that is to leave the house, if the transaction that wants it commits.</summary>
/// <param name="TenantId">Whose it is.</param>
/// <param name="Kind">What takes it.</param>
/// <param name="Target">Who gets it.</param>
/// <param name="DedupeKey">By which the receiver knows a repeat; an effect with the key of one that waits for the same target is not put in.</param>
/// <param name="Payload">What is sent.</param>
/// <param name="OrderingKey">Effects of the same key go out in order and one at a time; it begins with the target. Null for no order.</param>
/// <param name="EventType">The type of the event that it carries; null when it carries none.</param>
/// <param name="ActivationId">The activation that wants it.</param>
/// <param name="ActivationFence">Its claim.</param>
public sealed record NewEffect(
    string TenantId,
    EffectKind Kind,
    string Target,
    string DedupeKey,
    string Payload,
    string? OrderingKey = null,
    string? EventType = null,
    Guid? ActivationId = null,
    long? ActivationFence = null)
{
    /// <summary>UUIDv7.</summary>
    public Guid Id { get; } = Guid.CreateVersion7();
}
