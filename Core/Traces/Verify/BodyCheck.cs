using Npgsql;
using Platform.Core.Storage;

namespace Platform.Core.Traces.Verify;

/// <summary>Compares each body with its hash.</summary>
internal sealed class BodyCheck(NpgsqlDataSource source, VerifyReport report, Action<VerifyProblem> found)
{
    private const int Page = 500;

    private static readonly TimeSpan StatementTimeout = TimeSpan.FromMinutes(5);

    public async Task RunAsync(Action tell, CancellationToken cancellationToken)
    {
        var (day, sha256) = (DateOnly.MinValue, Array.Empty<byte>());
        long before;
        do
        {
            before = report.Bodies;
            List<(DateOnly Day, byte[] Sha256, string Error)> damaged = [];
            var bodies = source.Sql(
                """
                select stored_day, sha256, size_bytes, content
                from bodies
                where (stored_day, sha256) > (@day, @sha256)
                order by stored_day, sha256
                limit @count
                """)
                .With("day", day).With("sha256", sha256).With("count", Page)
                .WithTimeout(StatementTimeout)
                .Sequentially()
                .RowsAsync(cancellationToken);
            await foreach (var row in bodies)
            {
                (day, sha256) = (row.Get<DateOnly>("stored_day"), row.Get<byte[]>("sha256"));
                report.Bodies++;
                if (DocumentCheck.Expand("body", row.Get<int>("size_bytes"), sha256, row.Get<byte[]>("content"), out var fault) is null && fault is not null)
                {
                    damaged.Add((day, sha256, fault));
                }

                tell();
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
        var owners = await source.Sql(
            """
            select distinct c.trace_id
            from llm_call_bodies l
            join llm_calls c on c.id = l.llm_call_id
            where l.stored_day = @day and l.sha256 = @sha256
            """)
            .With("day", day).With("sha256", sha256)
            .WithTimeout(StatementTimeout)
            .ListAsync(row => row.Get<Guid>("trace_id"), cancellationToken);
        owners.ForEach(owner => found(new VerifyProblem(owner, message)));
        if (owners.Count == 0)
        {
            found(new VerifyProblem(null, message));
        }
    }
}
