using Npgsql;

namespace Platform.Core.Traces.Verify;

/// <summary>
/// Checks the consistency of traces: counts, hashes and references. It goes through everything once, in the order of the keys,
/// and holds one document or body in memory at a time.
/// </summary>
public sealed class TraceVerifier(NpgsqlDataSource source, TraceOrphans orphans)
{
    /// <summary>Checks everything, of every tenant.</summary>
    /// <param name="repair">Whether to delete rows that belong to no trace. Nothing else can be fixed.</param>
    /// <param name="found">Called with each problem.</param>
    /// <param name="progress">Receives the progress; may be null.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="NpgsqlException">Postgres became unavailable.</exception>
    public async Task<VerifyReport> VerifyAsync(
        bool repair, Action<VerifyProblem> found, IProgress<VerifyProgress>? progress, CancellationToken cancellationToken)
    {
        var report = new VerifyReport();
        void Find(VerifyProblem problem)
        {
            report.Problems++;
            found(problem);
        }

        void Tell(string part, long count) => progress?.Report(new VerifyProgress(part, count, report.Problems));

        await new TraceRowCheck(source, report, Find).RunAsync(() => Tell("traces", report.Traces), cancellationToken);
        await new BodyCheck(source, report, Find).RunAsync(() => Tell("bodies", report.Bodies), cancellationToken);
        await new ReferenceCheck(source, report, Find).RunAsync(() => Tell("references", report.References), cancellationToken);

        var looked = 0L;
        report.Orphans = await orphans.SweepAsync(repair, seen => Tell("orphans", looked += seen), cancellationToken);
        foreach (var (table, count) in report.Orphans.Where(one => one.Value > 0))
        {
            report.Problems += count - 1;
            report.OrphansRemoved += repair ? count : 0;
            Find(new VerifyProblem(null, $"{count} rows of {table} belong to no trace{(repair ? " and were deleted" : "; --repair deletes them")}."));
        }

        return report;
    }
}
