namespace Platform.Core.Activations;

/// <summary>What a run tells about itself, line by line, for its trace.</summary>
/// <param name="clock">Measures the offsets.</param>
public sealed class RunLog(TimeProvider clock)
{
    private readonly long start = clock.GetTimestamp();
    private readonly List<RunLogLine> lines = [];

    /// <summary>In the order written.</summary>
    public IReadOnlyList<RunLogLine> Lines => lines;

    /// <summary>Since the log was begun.</summary>
    public TimeSpan Elapsed => clock.GetElapsedTime(start);

    /// <summary>Something went as it should.</summary>
    public void Info(string message) => Add("info", message);

    /// <summary>Something did not, and it goes on all the same.</summary>
    public void Warn(string message) => Add("warn", message);

    /// <summary>The run ends by this.</summary>
    public void Error(string message) => Add("error", message);

    private void Add(string level, string message) => lines.Add(new RunLogLine(Elapsed, level, message));
}
