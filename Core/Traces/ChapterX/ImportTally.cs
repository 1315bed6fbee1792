using Platform.Core.Traces.Imports;

namespace Platform.Core.Traces.ChapterX;

/// <summary>Counts for several writers the result of a run, and keeps its row up to date.</summary>
internal sealed class ImportTally(ImportRun run, ProblemList problems)
{
    private readonly Lock _counting = new();

    /// <summary>A trace file was read.</summary>
    public void Found(TraceParsing parsing)
    {
        lock (_counting)
        {
            run.TracesFound++;
            if (parsing.Problem is { } problem)
            {
                run.TracesFailed++;
                problems.AddFailure(problem);
            }
        }
    }

    /// <summary>A batch was stored.</summary>
    public void Stored(BatchResult result)
    {
        lock (_counting)
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
    }

    /// <summary>Something is missing that concerns no single trace.</summary>
    public void Lost(FileProblem problem)
    {
        lock (_counting)
        {
            problems.AddLoss(problem);
        }
    }

    /// <summary>Puts the problems into the run's row.</summary>
    public void Note()
    {
        lock (_counting)
        {
            run.Problems = problems.ToJson();
        }
    }

    /// <summary>How far the run is.</summary>
    public ImportProgress Progress(DateTimeOffset now)
    {
        lock (_counting)
        {
            return new ImportProgress(run.TracesTotal, run.TracesFound, run.TracesImported, run.TracesPresent, run.TracesFailed, now - run.StartedAt);
        }
    }
}
