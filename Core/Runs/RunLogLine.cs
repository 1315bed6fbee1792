namespace Platform.Core.Runs;

/// <summary>One line of a run's log.</summary>
/// <param name="Offset">Since the run began.</param>
/// <param name="Level"><c>info</c>, <c>warn</c> or <c>error</c>.</param>
/// <param name="Message">Without secrets.</param>
public sealed record RunLogLine(TimeSpan Offset, string Level, string Message);
