using Microsoft.Extensions.Logging;
using Npgsql;
using Platform.Core.Storage;
using Platform.Core.Traces.Imports;

namespace Platform.Core.Traces.ChapterX;

/// <summary>
/// Imports ChapterX's logs. Safe to repeat: stored traces are unchanged, and missing bodies are filled in once their files exist.
/// Memory is bounded by <see cref="ImportMemory"/>, and the places of index lines, 24 bytes each, by a part of it.
/// </summary>
public sealed partial class ChapterXImporter(
    NpgsqlDataSource source,
    ImportRuns runs,
    ImportMemory memory,
    TimeProvider clock,
    ILogger<ChapterXImporter> logger) : IDisposable
{
    // One sends its batch while the database works on the other's. A third connection keeps the run's row.
    private const int Writers = 2;

    private const int ManyTraces = 10_000;

    // Each takes three connections.
    private readonly SemaphoreSlim _places = new(2, 2);

    /// <summary>Imports all of <paramref name="tree"/>. A process does two at once; others wait.</summary>
    /// <param name="tree">The caller disposes it.</param>
    /// <param name="order">Who imports what.</param>
    /// <param name="progress">Called when the run is stored, and after each batch; may be null.</param>
    /// <param name="cancellationToken">Stops it; the run is then failed and what is stored stays.</param>
    /// <returns>The finished run; failed when nothing could be read.</returns>
    /// <exception cref="NpgsqlException">Postgres became unavailable.</exception>
    public async Task<ImportRun> ImportAsync(ILogTree tree, ImportOrder order, IProgress<ImportProgress>? progress, CancellationToken cancellationToken)
    {
        await _places.WaitAsync(cancellationToken);
        try
        {
            return await ImportInPlaceAsync(tree, order, progress, cancellationToken);
        }
        finally
        {
            _places.Release();
        }
    }

    /// <inheritdoc />
    public void Dispose() => _places.Dispose();

    private async Task<ImportRun> ImportInPlaceAsync(
        ILogTree tree, ImportOrder order, IProgress<ImportProgress>? progress, CancellationToken cancellationToken)
    {
        await runs.FailAbandonedAsync(cancellationToken);
        await using var session = await SessionConnection.OpenAsync(source, cancellationToken);
        var connection = session.Connection;
        var run = new ImportRun
        {
            Id = order.RunId,
            TenantId = order.TenantId,
            Source = order.Name,
            Kind = order.Kind,
            TracesTotal = tree.TraceFiles().Count(),
            StartedAt = clock.GetUtcNow(),
        };
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
            problems.AddFailure(new FileProblem(string.Empty, "The import was interrupted. Import again: traces that are stored already are skipped."));
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
        var tally = new ImportTally(run, problems);
        LoseWhatTreeLacks();
        progress?.Report(tally.Progress(clock.GetUtcNow()));
        var index = new LogIndex(tree, memory.TotalBytes);
        index.Read(tally.Lost, null, cancellationToken);
        var streams = new StreamLines(tree, memory.TotalBytes);
        streams.Read(tally.Lost, cancellationToken);
        using var batches = new TraceBatches(tree, new TraceFileParser(run.TenantId, run.Id, index, streams), memory, (_, parsing) => tally.Found(parsing));
        using var saving = new SemaphoreSlim(1, 1);
        await TasksTogether.RunAsync([token => batches.ParseAsync(tree.TraceFiles(), token), .. Enumerable.Repeat(WriteAsync, Writers)], cancellationToken);

        LoseWhatTreeLacks();
        if (run.TracesFound == 0)
        {
            problems.AddFailure(new FileProblem(LogLayout.Traces, "No trace files found."));
        }

        if (run.TracesImported >= ManyTraces)
        {
            await ImportRuns.AnalyzeAsync(connection, cancellationToken);
        }

        progress?.Report(tally.Progress(clock.GetUtcNow()));

        // A folder learns of its problems while it is read.
        void LoseWhatTreeLacks()
        {
            foreach (var problem in tree.Problems)
            {
                tally.Lost(problem);
            }
        }

        async Task WriteAsync(CancellationToken token)
        {
            await using var own = await SessionConnection.OpenAsync(source, token);
            var writer = new TraceBatchWriter(own.Connection, tree, memory);
            await writer.PrepareAsync(token);
            await foreach (var batch in batches.ReadAsync(token))
            {
                tally.Stored(await writer.WriteAsync(batch, token));
                await SaveAsync(token);
            }
        }

        async Task SaveAsync(CancellationToken token)
        {
            await saving.WaitAsync(token);
            try
            {
                tally.Note();
                await ImportRuns.SaveAsync(connection, run, token);
                progress?.Report(tally.Progress(clock.GetUtcNow()));
            }
            finally
            {
                saving.Release();
            }
        }
    }

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
            // The connection is closed, and the lock with it: the next import marks this run as failed.
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
