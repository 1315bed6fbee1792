using Npgsql;

namespace Platform.Tests.Chaos.History;

/// <summary>Reads what the database holds of the activations of some conversations.</summary>
internal static class HistoryReader
{
    public static async Task<IReadOnlyList<StoredActivation>> ReadAsync(
        TestDatabase database, IReadOnlyCollection<Guid> conversations, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand(
            """
            select a.id, a.channel_id, m.sequence, a.state,
                (select count(*)::int from traces t where t.activation_id = a.id),
                array(select answer.sequence from messages answer where answer.activation_id = a.id order by answer.sequence),
                not exists (select from traces t where t.activation_id = a.id and t.started_at <> a.started_at),
                a.lease_until is not null
            from activations a
            left join messages m on m.id = a.trigger_message_id
            where a.channel_id = any($1)
            order by a.id
            """,
            connection);
        command.Parameters.AddWithValue(conversations.ToArray());
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        List<StoredActivation> activations = [];
        while (await reader.ReadAsync(cancellationToken))
        {
            activations.Add(new StoredActivation(
                reader.GetGuid(0),
                reader.GetGuid(1),
                reader.IsDBNull(2) ? null : reader.GetInt64(2),
                reader.GetString(3),
                reader.GetInt32(4),
                reader.GetFieldValue<long[]>(5),
                reader.GetBoolean(6),
                reader.GetBoolean(7)));
        }

        return activations;
    }
}
