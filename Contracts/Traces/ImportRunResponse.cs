namespace Platform.Contracts.Traces;

/// <summary>One import and what came of it.</summary>
/// <param name="Id">UUIDv7.</param>
/// <param name="Source">File or folder name as given, without its path on the server.</param>
/// <param name="State"><c>running</c>, <c>completed</c> or <c>failed</c>.</param>
/// <param name="TracesFound">Trace files seen.</param>
/// <param name="TracesImported">New ones stored.</param>
/// <param name="TracesPresent">Already there, left as they were.</param>
/// <param name="TracesFailed">Not readable; each has a problem.</param>
/// <param name="BodiesImported">Bodies stored.</param>
/// <param name="BodiesMissing">Referenced, but no file.</param>
/// <param name="Problems">One line each, at most 1 000; naming file and cause.</param>
/// <param name="StartedAt">UTC.</param>
/// <param name="FinishedAt">UTC; null while it runs.</param>
public sealed record ImportRunResponse(
    string Id,
    string Source,
    string State,
    int TracesFound,
    int TracesImported,
    int TracesPresent,
    int TracesFailed,
    int BodiesImported,
    int BodiesMissing,
    IReadOnlyList<ImportProblem> Problems,
    DateTimeOffset StartedAt,
    DateTimeOffset? FinishedAt);
