namespace Platform.Contracts.Traces.Imports;

/// <summary>A file that an import could not take, or took with a loss.</summary>
/// <param name="File">Path inside the imported folder or zip.</param>
/// <param name="Message">What is wrong with it.</param>
public sealed record ImportProblem(string File, string Message);
