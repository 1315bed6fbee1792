using Npgsql;
using Platform.Core.Traces.Imports;

namespace Platform.Core.Traces.ChapterX;

/// <summary>Follows one logs folder with one connection, as long as that lives.</summary>
internal sealed class LogWatchSession
{
    private const int FilesAtOnce = 1000;

    private readonly NpgsqlConnection connection;
    private readonly FolderLogTree tree;
    private readonly TimeProvider clock;
    private readonly TimeSpan keep;
    private readonly ImportTally tally;
    private readonly LogIndex index;
    private readonly StreamLines streams;
    private readonly TraceFileParser parser;
    private readonly NewTraceFiles files;
    private readonly TraceBatchWriter writer;
    private readonly PresentTraces present;
    private readonly LateLines late;
    private bool started;

    /// <param name="connection">Nobody else uses it.</param>
    /// <param name="tree">The folder.</param>
    /// <param name="run">What is counted goes here.</param>
    /// <param name="keep">Traces older than this are left out, since retention would delete them again; zero: none.</param>
    /// <param name="clock">Tells how old they are.</param>
    public LogWatchSession(NpgsqlConnection connection, FolderLogTree tree, ImportRun run, TimeSpan keep, TimeProvider clock)
    {
        (this.connection, this.tree, this.clock, this.keep) = (connection, tree, clock, keep);
        tally = new ImportTally(run, new ProblemList());
        index = new LogIndex(tree);
        streams = new StreamLines(tree);
        parser = new TraceFileParser(run.TenantId, run.Id, index, streams);
        files = new NewTraceFiles(tree, clock);
        writer = new TraceBatchWriter(connection, tree);
        present = new PresentTraces(connection, run.TenantId);
        late = new LateLines(connection, run.TenantId);
        Run = run;
    }

    /// <summary>The run, counted up.</summary>
    public ImportRun Run { get; }

    /// <summary>Imports what has come since the last look.</summary>
    /// <exception cref="NpgsqlException">Postgres went away.</exception>
    /// <exception cref="IOException">The folder went away.</exception>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        if (!started)
        {
            await writer.PrepareAsync(cancellationToken);
        }

        // Lines of the first look belong to traces that are there, or come in with them.
        List<IndexedLine> lines = [];
        index.Read(tally.Lost, started ? lines.Add : null, cancellationToken);
        streams.Read(tally.Lost, cancellationToken);
        var counted = (Run.TracesFound, Run.TracesFailed);
        foreach (var some in files.Due().Where(IsKept).Chunk(FilesAtOnce))
        {
            await ImportAsync(started ? some : await present.AbsentAsync(some, cancellationToken), cancellationToken);
        }

        await late.StoreAsync(lines, cancellationToken);
        foreach (var problem in files.Damaged())
        {
            tally.Found(new TraceParsing(null, problem));
        }

        started = true;
        if (counted != (Run.TracesFound, Run.TracesFailed) || lines.Count > 0)
        {
            await SaveAsync(cancellationToken);
        }
    }

    private async Task ImportAsync(IReadOnlyList<LogFile> some, CancellationToken cancellationToken)
    {
        if (some.Count == 0)
        {
            return;
        }

        var stamps = some.ToDictionary(file => file.Path, files.StampOf, StringComparer.Ordinal);
        using var batches = new TraceBatches(tree, parser, (file, parsing) => Sort(file, stamps[file.Path], parsing));
        await TasksTogether.RunAsync([token => batches.ParseAsync(some, token), WriteAsync], cancellationToken);

        async Task WriteAsync(CancellationToken token)
        {
            await foreach (var batch in batches.ReadAsync(token))
            {
                tally.Stored(await writer.WriteAsync(batch, token));
                await SaveAsync(token);
            }
        }
    }

    /// <summary>Called by one thread: whoever takes what was parsed.</summary>
    private void Sort(LogFile file, FileStamp stamp, TraceParsing parsing)
    {
        if (parsing.Problem is { } problem)
        {
            files.NotWhole(file, stamp, problem);
        }
        else
        {
            files.Whole(file);
            tally.Found(parsing);
        }
    }

    private bool IsKept(LogFile file) =>
        keep == TimeSpan.Zero || TraceFileName.Parse(file.Name) is not { } name || clock.GetUtcNow() - name.StartedAt < keep;

    private Task SaveAsync(CancellationToken cancellationToken)
    {
        tally.Note();
        return ImportRuns.SaveAsync(connection, Run, cancellationToken);
    }
}
