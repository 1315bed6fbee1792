using Microsoft.Extensions.Options;
using Npgsql;
using Platform.Core.Storage;
using Platform.Core.Traces.ChapterX;

namespace Platform.Core.Retention;

/// <summary>Imported traces, which lie in the kept partitions: rows are deleted, and then the bodies that no call refers to any more.</summary>
public sealed class ImportedTraceRetention(NpgsqlDataSource source, IOptions<RetentionOptions> options) : IRetentionClass
{
    private static readonly TimeSpan StatementTimeout = TimeSpan.FromMinutes(10);

    private static readonly string DeleteTraces = TraceRows.Delete(
        "select id from traces where source <> 'native' and document_day = @kept and stored_at < now() - @keep limit @count",
        """
        , documents as (
            delete from trace_documents d using old where d.stored_day = @kept and d.trace_id = old.id
        )
        """);

    private const string DeleteBodies =
        """
        delete from bodies b
        where b.stored_day = @kept and not exists (
            select from llm_call_bodies l where l.stored_day = b.stored_day and l.sha256 = b.sha256)
        """;

    public string Name => "imported-traces";

    public string Description => "Imported traces with their documents, raw requests and responses";

    public TimeSpan Keep => options.Value.ImportedTraces;

    public IReadOnlyList<string> Tables => ["trace_documents_kept", "bodies_kept"];

    public async Task<Dropped> ApplyAsync(CancellationToken cancellationToken)
    {
        var traces = 0L;
        long deleted;
        do
        {
            deleted = await source.Sql(DeleteTraces)
                .With("kept", KeptPartition.Day).With("keep", Keep).With("count", TraceRows.Batch)
                .WithTimeout(StatementTimeout)
                .ScalarAsync<long>(cancellationToken);
            traces += deleted;
        }
        while (deleted >= TraceRows.Batch);

        if (traces == 0)
        {
            return default;
        }

        return new Dropped(traces + await DeleteBodiesAsync(cancellationToken), 0, 0);
    }

    private async Task<long> DeleteBodiesAsync(CancellationToken cancellationToken)
    {
        // An import that meets a body here leaves it and refers to it, so imports wait meanwhile.
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await connection.Sql($"select {ImportTurn.Take}").WithTimeout(StatementTimeout).ExecuteAsync(cancellationToken);
        var rows = await connection.Sql(DeleteBodies).With("kept", KeptPartition.Day).WithTimeout(StatementTimeout).ExecuteAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return rows;
    }
}
