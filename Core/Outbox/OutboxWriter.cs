using Npgsql;
using Platform.Core.Storage;

namespace Platform.Core.Outbox;

/// <summary>Adds effects to the transaction that wants them, so that a claim that was no longer the newest has none.</summary>
public static class OutboxWriter
{
    /// <summary>Adds an effect and wakes a relay.</summary>
    /// <param name="batch">A batch of the transaction.</param>
    /// <param name="effect">What is to leave.</param>
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
