using Npgsql;
using Platform.Core.Storage;

namespace Platform.Core.Traces.Verify;

/// <summary>Checks that what calls refer to is there, or why it is not.</summary>
internal sealed class ReferenceCheck(NpgsqlDataSource source, VerifyReport report, Action<VerifyProblem> found)
{
    private const int Page = 5000;
    private const int PatienceSeconds = 300;

    public async Task RunAsync(Action tell, CancellationToken cancellationToken)
    {
        var (call, kind, position) = (Guid.Empty, "", -1);
        long before;
        do
        {
            before = report.References;
            await using var command = source.CreateCommand(
                """
                select l.llm_call_id, l.kind, l.position, l.ref, l.stored_day is null, c.trace_id,
                    exists (select from bodies b where b.stored_day = l.stored_day and b.sha256 = l.sha256),
                    exists (select from dropped_partitions p where p.parent = @parent and p.day = l.stored_day)
                from (
                    select * from llm_call_bodies
                    where (llm_call_id, kind, position) > (@call, @kind, @position)
                    order by llm_call_id, kind, position
                    limit @count
                ) l
                left join llm_calls c on c.id = l.llm_call_id
                order by l.llm_call_id, l.kind, l.position
                """);
            command.CommandTimeout = PatienceSeconds;
            command.Parameters.AddWithValue("parent", DayPartitions.Bodies);
            command.Parameters.AddWithValue("call", call);
            command.Parameters.AddWithValue("kind", kind);
            command.Parameters.AddWithValue("position", position);
            command.Parameters.AddWithValue("count", Page);
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                (call, kind, position) = (reader.GetGuid(0), reader.GetString(1), reader.GetInt32(2));
                Check(reader);
            }

            tell();
        }
        while (report.References - before == Page);
    }

    private void Check(NpgsqlDataReader reader)
    {
        report.References++;
        if (reader.GetBoolean(4))
        {
            report.ReferencesNeverFilled++;
        }
        else if (!reader.GetBoolean(6) && reader.GetBoolean(7))
        {
            report.ReferencesDropped++;
        }
        else if (!reader.GetBoolean(6))
        {
            found(new VerifyProblem(
                reader.IsDBNull(5) ? null : reader.GetGuid(5),
                $"A call refers to the {reader.GetString(1)} '{reader.GetString(3)}', which is not here, and its day was not dropped."));
        }
    }
}
