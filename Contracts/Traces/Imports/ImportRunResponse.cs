namespace Platform.Contracts.Traces.Imports;

/// <summary>One import and its result.</summary>
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
/// <param name="Kind"><c>folder</c>, <c>zip</c>, <c>upload</c> or <c>watch</c>.</param>
/// <param name="TracesTotal">Trace files there are; null for a watched folder.</param>
/// <param name="TracesPerSecond">Trace files read a second so far; null for a watched folder and before the first.</param>
/// <param name="SecondsLeft">Until the end at that rate; null when it does not run or nothing is known.</param>
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
    DateTimeOffset? FinishedAt,
    string Kind,
    int? TracesTotal,
    double? TracesPerSecond,
    double? SecondsLeft);

/// <summary>Imports, the newest first.</summary>
/// <param name="Imports">At most as many as were asked for.</param>
public sealed record ImportRunList(IReadOnlyList<ImportRunResponse> Imports);

/// <summary>A file that an import could not read, or read incompletely.</summary>
/// <param name="File">Path inside the imported folder or zip.</param>
/// <param name="Message">What is wrong with it.</param>
public sealed record ImportProblem(string File, string Message);
