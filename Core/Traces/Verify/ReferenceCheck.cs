using Npgsql;
using Platform.Core.Storage;

namespace Platform.Core.Traces.Verify;

/// <summary>Checks that what calls refer to is there, or why it is not.</summary>
internal sealed class ReferenceCheck(NpgsqlDataSource source, VerifyReport report, Action<VerifyProblem> found)
{
    private const int Page = 5000;

    private static readonly TimeSpan StatementTimeout = TimeSpan.FromMinutes(5);

    public async Task RunAsync(Action tell, CancellationToken cancellationToken)
    {
        var (call, kind, position) = (Guid.Empty, "", -1);
        long before;
        do
        {
            before = report.References;
            var references = source.Sql(
                """
                select l.llm_call_id, l.kind, l.position, l.ref, l.stored_day is null as is_unfilled, c.trace_id,
                    exists (select from bodies b where b.stored_day = l.stored_day and b.sha256 = l.sha256) as is_here,
                    exists (select from dropped_partitions p where p.parent = @parent and p.day = l.stored_day) as is_dropped
                from (
                    select * from llm_call_bodies
                    where (llm_call_id, kind, position) > (@call, @kind, @position)
                    order by llm_call_id, kind, position
                    limit @count
                ) l
                left join llm_calls c on c.id = l.llm_call_id
                order by l.llm_call_id, l.kind, l.position
                """)
                .With("parent", DayPartitions.Bodies)
                .With("call", call).With("kind", kind).With("position", position)
                .With("count", Page)
                .WithTimeout(StatementTimeout)
                .RowsAsync(cancellationToken);
            await foreach (var row in references)
            {
                (call, kind, position) = (row.Get<Guid>("llm_call_id"), row.Get<string>("kind"), row.Get<int>("position"));
                Check(row);
            }

            tell();
        }
        while (report.References - before == Page);
    }

    private void Check(SqlRow row)
    {
        report.References++;
        if (row.Get<bool>("is_unfilled"))
        {
            report.ReferencesNeverFilled++;
        }
        else if (!row.Get<bool>("is_here") && row.Get<bool>("is_dropped"))
        {
            report.ReferencesDropped++;
        }
        else if (!row.Get<bool>("is_here"))
        {
            found(new VerifyProblem(
                row.Get<Guid?>("trace_id"),
                $"A call refers to the {row.Get<string>("kind")} '{row.Get<string>("ref")}', which is missing, and its day was not deleted by retention."));
        }
    }
}
