using Npgsql;
using Platform.Core.Storage;

namespace Platform.Core.EventLog;

/// <summary>Adds events to the transaction that makes them true.</summary>
public static class PlatformEventWriter
{
    /// <summary>Postgres notifies this channel when events were written that the sequencer has not numbered yet.</summary>
    public const string WakeChannel = "event_inbox";

    /// <summary>Adds the events to a batch, as one statement however many they are.</summary>
    /// <param name="batch">A batch of the transaction that makes them true.</param>
    /// <param name="events">In the order in which they happened; none adds nothing.</param>
    public static void AddTo(NpgsqlBatch batch, IReadOnlyList<NewPlatformEvent> events)
    {
        if (events.Count == 0)
        {
            return;
        }

        batch.Add(
            $"""
            with stored as (
                insert into event_inbox (id, tenant_id, type, activation_id, activation_fence, data)
                select e.id, e.tenant_id, e.type, e.activation_id, e.activation_fence,
                    case when m.id is null then e.data else e.data || jsonb_build_object('sequence', m.sequence) end
                from unnest(@ids, @tenants, @types, @activations, @fences, @messages, @data::jsonb[]) with ordinality
                    as e (id, tenant_id, type, activation_id, activation_fence, message_id, data, place)
                left join messages m on m.id = e.message_id
                order by e.place)
            select pg_notify('{WakeChannel}', '')
            """)
            .With("ids", Column(events, one => one.Id))
            .With("tenants", Column(events, one => one.TenantId))
            .With("types", Column(events, one => one.Type))
            .With("activations", Column(events, one => one.ActivationId))
            .With("fences", Column(events, one => one.ActivationFence))
            .With("messages", Column(events, one => one.MessageId))
            .With("data", Column(events, one => one.Data));
    }

    private static T[] Column<T>(IReadOnlyList<NewPlatformEvent> events, Func<NewPlatformEvent, T> value) => [.. events.Select(value)];
}
