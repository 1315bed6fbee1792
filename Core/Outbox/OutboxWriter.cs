using Npgsql;
using Platform.Contracts.Outbox;
using Platform.Core.Storage;

namespace Platform.Core.Outbox;

/// <summary>Adds effects to the caller's transaction, so that a claim that is no longer the newest adds none.</summary>
public static class OutboxWriter
{
    /// <summary>Adds an effect and wakes a relay.</summary>
    /// <param name="batch">A batch of the transaction.</param>
    /// <param name="effect">The effect.</param>
    public static void AddTo(NpgsqlBatch batch, NewEffect effect) => batch.Add(
        $"""
        with put as (
            insert into outbox (id, tenant_id, kind, target, ordering_key, dedupe_key, event_type, payload, activation_id, activation_fence)
            values (@id, @tenant, @kind, @target, @orderingKey, @dedupeKey, @eventType, @payload, @activation::uuid, @fence::bigint)
            on conflict (target, dedupe_key) do nothing)
        select pg_notify('{OutboxQueue.WakeChannel}', '')
        """)
        .With("id", effect.Id)
        .With("tenant", effect.TenantId)
        .With("kind", EnumText.Of(effect.Kind))
        .With("target", effect.Target)
        .With("orderingKey", effect.OrderingKey)
        .With("dedupeKey", effect.DedupeKey)
        .With("eventType", effect.EventType)
        .With("payload", effect.Payload)
        .With("activation", effect.ActivationId)
        .With("fence", effect.ActivationFence);
}

/// <summary>A delivery to be made if the transaction commits.</summary>
/// <param name="TenantId">Whose it is.</param>
/// <param name="Kind">Kind of delivery.</param>
/// <param name="Target">Who gets it.</param>
/// <param name="DedupeKey">By which the receiver recognises a repeat; an effect with the key of one that waits for the same target is not put in.</param>
/// <param name="Payload">What is sent.</param>
/// <param name="OrderingKey">Effects of the same key go out in order and one at a time; it begins with the target. Null for no order.</param>
/// <param name="EventType">The type of the event that it carries; null when it carries none.</param>
/// <param name="ActivationId">The activation that causes it.</param>
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
