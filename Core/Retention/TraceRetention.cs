using Microsoft.Extensions.Options;
using Npgsql;
using Platform.Core.Storage;

namespace Platform.Core.Retention;

/// <summary>Native traces: the lines, calls and message references of a day first, then its documents as a whole.</summary>
public sealed class TraceRetention(
    NpgsqlDataSource source, DayPartitions partitions, IOptions<RetentionOptions> options, TimeProvider clock) : IRetentionClass
{
    private static readonly TimeSpan StatementTimeout = TimeSpan.FromMinutes(2);

    private static readonly string DeleteLines =
        TraceRows.Delete("select id from traces where document_day = @day and source = 'native' limit @count");

    public string Name => "traces";

    public string Description => "Traces of the platform's bots, with their documents and model calls";

    public TimeSpan Keep => options.Value.Traces;

    public IReadOnlyList<string> Tables =>
        [DayPartitions.Documents, "traces", "trace_messages", "llm_calls", "llm_call_bodies"];

    public async Task<Dropped> ApplyAsync(CancellationToken cancellationToken)
    {
        var dropped = default(Dropped);
        foreach (var day in await partitions.OlderThanAsync(DayPartitions.Documents, Keep, cancellationToken))
        {
            dropped += await DropAsync(day, RetentionCause.Age, cancellationToken);
        }

        return dropped;
    }

    /// <summary>Drops one day.</summary>
    public async Task<Dropped> DropAsync(DayPartition day, RetentionCause cause, CancellationToken cancellationToken)
    {
        var rows = await DeleteLinesAsync(day.Day, cancellationToken);
        await partitions.DropAsync(day, EnumText.Of(cause), clock, cancellationToken);
        return new Dropped(rows, 1, day.SizeBytes);
    }

    private async Task<long> DeleteLinesAsync(DateOnly day, CancellationToken cancellationToken)
    {
        var rows = 0L;
        long deleted;
        do
        {
            deleted = await source.Sql(DeleteLines).With("day", day).With("count", TraceRows.Batch).WithTimeout(StatementTimeout)
                .ScalarAsync<long>(cancellationToken);
            rows += deleted;
        }
        while (deleted >= TraceRows.Batch);

        return rows;
    }
}
