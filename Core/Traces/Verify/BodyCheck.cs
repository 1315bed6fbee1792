using System.Data;
using Npgsql;

namespace Platform.Core.Traces.Verify;

/// <summary>Compares each body with its hash.</summary>
internal sealed class BodyCheck(NpgsqlDataSource source, VerifyReport report, Action<VerifyProblem> found)
{
    private const int Page = 500;
    private const int PatienceSeconds = 300;

    public async Task RunAsync(Action tell, CancellationToken cancellationToken)
    {
        var (day, sha256) = (DateOnly.MinValue, Array.Empty<byte>());
        long before;
        do
        {
            before = report.Bodies;
            List<(DateOnly Day, byte[] Sha256, string Fault)> damaged = [];
            await using (var command = source.CreateCommand(
                """
                select stored_day, sha256, size_bytes, content
                from bodies
                where (stored_day, sha256) > (@day, @sha256)
                order by stored_day, sha256
                limit @count
                """))
            {
                command.CommandTimeout = PatienceSeconds;
                command.Parameters.AddWithValue("day", day);
                command.Parameters.AddWithValue("sha256", sha256);
                command.Parameters.AddWithValue("count", Page);
                await using var reader = await command.ExecuteReaderAsync(CommandBehavior.SequentialAccess, cancellationToken);
                while (await reader.ReadAsync(cancellationToken))
                {
                    (day, sha256) = (reader.GetFieldValue<DateOnly>(0), reader.GetFieldValue<byte[]>(1));
                    report.Bodies++;
                    if (DocumentCheck.Expand("body", reader.GetInt32(2), sha256, reader.GetFieldValue<byte[]>(3), out var fault) is null && fault is not null)
                    {
                        damaged.Add((day, sha256, fault));
                    }

                    tell();
                }
            }

            foreach (var (damagedDay, damagedSha256, fault) in damaged)
            {
                await TellOwnersAsync(damagedDay, damagedSha256, fault, cancellationToken);
            }
        }
        while (report.Bodies - before == Page);
    }

    private async Task TellOwnersAsync(DateOnly day, byte[] sha256, string fault, CancellationToken cancellationToken)
    {
        var message = $"{fault} (body {Convert.ToHexStringLower(sha256)} of {day:yyyy-MM-dd})";
        var owned = false;
        await using var command = source.CreateCommand(
            """
            select distinct c.trace_id
            from llm_call_bodies l
            join llm_calls c on c.id = l.llm_call_id
            where l.stored_day = @day and l.sha256 = @sha256
            """);
        command.CommandTimeout = PatienceSeconds;
        command.Parameters.AddWithValue("day", day);
        command.Parameters.AddWithValue("sha256", sha256);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            found(new VerifyProblem(reader.GetGuid(0), message));
            owned = true;
        }

        if (!owned)
        {
            found(new VerifyProblem(null, message));
        }
    }
}
