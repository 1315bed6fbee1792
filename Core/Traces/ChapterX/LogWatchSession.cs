using Npgsql;
using Platform.Core.Traces.Imports;

namespace Platform.Core.Traces.ChapterX;

/// <summary>Follows one logs folder with one connection, as long as it is open.</summary>
internal sealed class LogWatchSession
{
    private const int FilesAtOnce = 1000;
    private const int MostReports = 100;

    private readonly NpgsqlConnection _connection;
    private readonly FolderLogTree _tree;
    private readonly TimeProvider _clock;
    private readonly TimeSpan _keep;
    private readonly ImportMemory _memory;
    private readonly ImportTally _tally;
    private readonly LogIndex _index;
    private readonly StreamLines _streams;
    private readonly TraceFileParser _parser;
    private readonly NewTraceFiles _files;
    private readonly TraceBatchWriter _writer;
    private readonly PresentTraces _present;
    private readonly LateLines _late;
    private readonly HashSet<string> _passedOver = new(StringComparer.Ordinal);
    private readonly Action<FileProblem> _report;
    private int _reports;
    private bool _started;

    /// <param name="connection">Nobody else uses it.</param>
    /// <param name="tree">The folder.</param>
    /// <param name="run">What is counted goes here.</param>
    /// <param name="keep">Traces older than this are left out, since retention would delete them again; zero: none.</param>
    /// <param name="memory">What reading files may take.</param>
    /// <param name="clock">Tells how old they are.</param>
    /// <param name="report">Told once of each file that is not imported, of the first 100.</param>
    public LogWatchSession(NpgsqlConnection connection, FolderLogTree tree, ImportRun run, TimeSpan keep, ImportMemory memory, TimeProvider clock, Action<FileProblem> report)
    {
        (this._connection, this._tree, this._clock, this._keep, this._memory, _report) = (connection, tree, clock, keep, memory, report);
        _tally = new ImportTally(run, new ProblemList());
        _index = new LogIndex(tree, memory.TotalBytes);
        _streams = new StreamLines(tree, memory.TotalBytes);
        _parser = new TraceFileParser(run.TenantId, run.Id, _index, _streams);
        _files = new NewTraceFiles(tree, clock);
        _writer = new TraceBatchWriter(connection, tree, memory);
        _present = new PresentTraces(connection, run.TenantId);
        _late = new LateLines(connection, run.TenantId);
        Run = run;
    }

    /// <summary>The run, counted up.</summary>
    public ImportRun Run { get; }

    /// <summary>Imports what has come since the last scan.</summary>
    /// <exception cref="NpgsqlException">Postgres became unavailable.</exception>
    /// <exception cref="IOException">The folder was removed.</exception>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        if (!_started)
        {
            await _writer.PrepareAsync(cancellationToken);
        }

        // Lines of the first scan belong to traces that are there, or come in with them.
        List<IndexedLine> lines = [];
        _index.Read(_tally.Lost, _started ? lines.Add : null, cancellationToken);
        _streams.Read(_tally.Lost, cancellationToken);
        var counted = (Run.TracesFound, Run.TracesFailed);
        foreach (var some in _files.Due().Where(IsKept).Chunk(FilesAtOnce))
        {
            await ImportAsync(_started ? some : await _present.AbsentAsync(some, cancellationToken), cancellationToken);
        }

        await _late.StoreAsync(lines, cancellationToken);
        foreach (var problem in _files.Damaged())
        {
            _tally.Found(new TraceParsing(null, problem));
            Report(problem);
        }

        _started = true;
        if (ReportPassedOver() || counted != (Run.TracesFound, Run.TracesFailed) || lines.Count > 0)
        {
            await SaveAsync(cancellationToken);
        }
    }

    /// <returns>Whether there was something new to report.</returns>
    private bool ReportPassedOver()
    {
        var found = _tree.Problems.Where(problem => _passedOver.Add(problem.File)).ToList();
        foreach (var problem in found)
        {
            _tally.Lost(problem);
            Report(problem);
        }

        return found.Count > 0;
    }

    private void Report(FileProblem problem)
    {
        if (_reports < MostReports)
        {
            _report(problem);
        }
        else if (_reports == MostReports)
        {
            _report(new FileProblem("another file", "This log names no further ones; the import's page lists up to 1000."));
        }

        _reports++;
    }

    private async Task ImportAsync(IReadOnlyList<LogFile> some, CancellationToken cancellationToken)
    {
        if (some.Count == 0)
        {
            return;
        }

        var stamps = some.ToDictionary(file => file.Path, _files.StampOf, StringComparer.Ordinal);
        using var batches = new TraceBatches(_tree, _parser, _memory, (file, parsing) => Sort(file, stamps[file.Path], parsing));
        await TasksTogether.RunAsync([token => batches.ParseAsync(some, token), WriteAsync], cancellationToken);

        async Task WriteAsync(CancellationToken token)
        {
            await foreach (var batch in batches.ReadAsync(token))
            {
                var result = await _writer.WriteAsync(batch, token);
                _tally.Stored(result);
                result.Failures.ToList().ForEach(Report);
                await SaveAsync(token);
            }
        }
    }

    /// <summary>Called by one thread: whoever takes what was parsed.</summary>
    private void Sort(LogFile file, FileStamp stamp, TraceParsing parsing)
    {
        if (parsing.Problem is { } problem)
        {
            _files.NotWhole(file, stamp, problem);
        }
        else
        {
            _files.Whole(file);
            _tally.Found(parsing);
        }
    }

    private bool IsKept(LogFile file) =>
        _keep == TimeSpan.Zero || TraceFileName.Parse(file.Name) is not { } name || _clock.GetUtcNow() - name.StartedAt < _keep;

    private Task SaveAsync(CancellationToken cancellationToken)
    {
        _tally.Note();
        return ImportRuns.SaveAsync(_connection, Run, cancellationToken);
    }
}
