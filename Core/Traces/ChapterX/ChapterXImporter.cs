using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Platform.Core.Traces.ChapterX;

/// <summary>
/// Brings ChapterX's logs in. Safe to repeat: what is there stays as it is, and bodies that were missing are filled in once their files exist.
/// Memory does not grow with the number of traces.
/// </summary>
public sealed partial class ChapterXImporter(
    NpgsqlDataSource source,
    ImportRuns runs,
    TimeProvider clock,
    ILogger<ChapterXImporter> logger)
{
    private const int BatchTraces = 500;
    private const int BatchBytes = 8 * 1024 * 1024;
    private const int ParsedAhead = 256;

    /// <summary>Imports all of <paramref name="tree"/>.</summary>
    /// <param name="tree">The caller disposes it.</param>
    /// <param name="tenantId">Who will own the traces.</param>
    /// <param name="name">What the run is called: a file or folder name, without its path.</param>
    /// <param name="progress">Told after each batch; may be null.</param>
    /// <param name="cancellationToken">Stops it; the run is then failed and what is stored stays.</param>
    /// <returns>The finished run; failed when nothing could be read.</returns>
    /// <exception cref="NpgsqlException">Postgres went away.</exception>
    public async Task<ImportRun> ImportAsync(
        ILogTree tree, string tenantId, string name, IProgress<ImportProgress>? progress, CancellationToken cancellationToken)
    {
        await runs.FailAbandonedAsync(cancellationToken);
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        var run = new ImportRun { Id = Guid.CreateVersion7(), TenantId = tenantId, Source = name, StartedAt = clock.GetUtcNow() };
        await ImportRuns.StartAsync(connection, run, cancellationToken);
        LogStarted(run.Id);
        var problems = new ProblemList();
        try
        {
            await ImportAsync(connection, tree, run, problems, progress, cancellationToken);
            run.State = run.TracesImported + run.TracesPresent > 0 ? ImportState.Completed : ImportState.Failed;
        }
        catch (OperationCanceledException)
        {
            run.State = ImportState.Failed;
            problems.AddFailure(new FileProblem(string.Empty, "The import was stopped before its end. Import again: what is there already stays."));
            throw;
        }
        finally
        {
            await FinishAsync(connection, run, problems);
        }

        return run;
    }

    private async Task ImportAsync(
        NpgsqlConnection connection, ILogTree tree, ImportRun run, ProblemList problems, IProgress<ImportProgress>? progress, CancellationToken cancellationToken)
    {
        foreach (var problem in tree.Problems)
        {
            problems.AddLoss(problem);
        }

        var index = new TraceIndex(tree);
        var parser = new TraceFileParser(run.TenantId, run.Id, await index.ReadChannelNamesAsync(problems, cancellationToken));
        var writer = new TraceBatchWriter(connection, tree);
        await writer.PrepareAsync(cancellationToken);

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var parsed = Channel.CreateBounded<TraceParsing>(ParsedAhead);
        var parsing = ParseAllAsync(tree, parser, parsed.Writer, stop.Token);
        try
        {
            await foreach (var batch in BatchesAsync(parsed.Reader, run, problems, stop.Token))
            {
                Count(run, problems, await writer.WriteAsync(batch, stop.Token));
                run.Problems = problems.ToJson();
                await ImportRuns.SaveAsync(connection, run, stop.Token);
                progress?.Report(Progress(run));
            }
        }
        finally
        {
            await stop.CancelAsync();
            await parsing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await parsing;
        if (run.TracesFound == 0)
        {
            problems.AddFailure(new FileProblem(LogLayout.Traces, "There is no trace file."));
        }

        await index.FillPreviewsAsync(connection, run.Id, cancellationToken);
        progress?.Report(Progress(run));
    }

    private static async Task ParseAllAsync(ILogTree tree, TraceFileParser parser, ChannelWriter<TraceParsing> parsed, CancellationToken cancellationToken)
    {
        try
        {
            var options = new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellationToken };
            await Parallel.ForEachAsync(tree.TraceFiles(), options, async (file, token) =>
                await parsed.WriteAsync(await ParseAsync(tree, parser, file, token), token));
            parsed.Complete();
        }
        catch (Exception exception)
        {
            // The reader of the channel throws it on.
            parsed.Complete(exception);
            throw;
        }
    }

    private static async Task<TraceParsing> ParseAsync(ILogTree tree, TraceFileParser parser, LogFile file, CancellationToken cancellationToken)
    {
        try
        {
            return await tree.ReadAsync(file.Path, cancellationToken) is { } bytes
                ? parser.Parse(file, bytes)
                : new TraceParsing(null, new FileProblem(file.Path, "It vanished while the import ran."));
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            return new TraceParsing(null, new FileProblem(file.Path, $"It cannot be read: {exception.Message}"));
        }
    }

    private static async IAsyncEnumerable<IReadOnlyList<ParsedTrace>> BatchesAsync(
        ChannelReader<TraceParsing> parsings,
        ImportRun run,
        ProblemList problems,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        List<ParsedTrace> batch = [];
        var bytes = 0;
        await foreach (var parsing in parsings.ReadAllAsync(cancellationToken))
        {
            run.TracesFound++;
            if (parsing.Problem is { } problem)
            {
                run.TracesFailed++;
                problems.AddFailure(problem);
            }

            if (parsing.Trace is { } trace)
            {
                batch.Add(trace);
                bytes += trace.Document.Content.Length;
            }

            if (batch.Count == BatchTraces || bytes >= BatchBytes)
            {
                yield return batch;
                batch = [];
                bytes = 0;
            }
        }

        if (batch.Count > 0)
        {
            yield return batch;
        }
    }

    private static void Count(ImportRun run, ProblemList problems, BatchResult result)
    {
        run.TracesImported += result.Imported;
        run.TracesPresent += result.Present;
        run.TracesFailed += result.Failures.Count;
        run.BodiesImported += result.BodiesImported;
        run.BodiesMissing += result.BodiesMissing;
        foreach (var failure in result.Failures)
        {
            problems.AddFailure(failure);
        }

        foreach (var loss in result.Losses)
        {
            problems.AddLoss(loss);
        }
    }

    private ImportProgress Progress(ImportRun run) =>
        new(run.TracesFound, run.TracesImported, run.TracesPresent, run.TracesFailed, clock.GetUtcNow() - run.StartedAt);

    private async Task FinishAsync(NpgsqlConnection connection, ImportRun run, ProblemList problems)
    {
        run.State = run.State == ImportState.Running ? ImportState.Failed : run.State;
        run.FinishedAt = clock.GetUtcNow();
        run.Problems = problems.ToJson();
        try
        {
            await ImportRuns.SaveAsync(connection, run, CancellationToken.None);
            await ImportRuns.ReleaseAsync(connection, run);
            LogFinished(run.Id, run.State, run.TracesImported, run.TracesPresent, run.TracesFailed);
        }
        catch (Exception exception) when (exception is NpgsqlException or InvalidOperationException)
        {
            // The connection is gone, and the lock with it: the next import marks this run as failed.
            LogNotFinished(exception, run.Id);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Import {ImportRunId} started")]
    private partial void LogStarted(Guid importRunId);

    [LoggerMessage(Level = LogLevel.Information, Message = "Import {ImportRunId} ended {State}: {Imported} traces imported, {Present} present, {Failed} failed")]
    private partial void LogFinished(Guid importRunId, ImportState state, int imported, int present, int failed);

    [LoggerMessage(Level = LogLevel.Error, Message = "The end of import {ImportRunId} could not be stored")]
    private partial void LogNotFinished(Exception exception, Guid importRunId);
}
