namespace Platform.Core.Runs;

/// <summary>The log of a run, for its trace.</summary>
/// <param name="clock">Measures the offsets.</param>
public sealed class RunLog(TimeProvider clock)
{
    private readonly long _start = clock.GetTimestamp();
    private readonly DateTimeOffset _startedAt = clock.GetUtcNow();
    private readonly List<RunLogLine> _lines = [];
    private readonly List<RunSpan> _spans = [];

    /// <summary>UTC on this machine's clock; what the offsets count from.</summary>
    public DateTimeOffset StartedAt => _startedAt;

    /// <summary>In the order written.</summary>
    public IReadOnlyList<RunLogLine> Lines => _lines;

    /// <summary>Parts of the run that were measured, in the order they ended.</summary>
    public IReadOnlyList<RunSpan> Spans => _spans;

    /// <summary>Since the log was begun.</summary>
    public TimeSpan Elapsed => clock.GetElapsedTime(_start);

    /// <summary>Notes a part of the run that ends now.</summary>
    /// <param name="name">Stable, snake_case.</param>
    /// <param name="begin">What <see cref="Elapsed"/> was when it began.</param>
    public void Span(string name, TimeSpan begin) => _spans.Add(new RunSpan(name, begin, Elapsed - begin));

    /// <summary>Normal progress.</summary>
    public void Info(string message) => Add("info", message);

    /// <summary>Something failed, and the run continues.</summary>
    public void Warn(string message) => Add("warn", message);

    /// <summary>The run ends because of this.</summary>
    public void Error(string message) => Add("error", message);

    private void Add(string level, string message) => _lines.Add(new RunLogLine(Elapsed, level, message));
}

/// <summary>One line of a run's log.</summary>
/// <param name="Offset">Since the run began.</param>
/// <param name="Level"><c>info</c>, <c>warn</c> or <c>error</c>.</param>
/// <param name="Message">Without secrets.</param>
public sealed record RunLogLine(TimeSpan Offset, string Level, string Message);

/// <summary>A part of a run, on its own clock.</summary>
/// <param name="Name">Stable, snake_case: <c>decision</c>, <c>context_build</c>.</param>
/// <param name="Offset">Since the run began.</param>
/// <param name="Duration">How long it took.</param>
public sealed record RunSpan(string Name, TimeSpan Offset, TimeSpan Duration);
