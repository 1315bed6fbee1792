namespace Platform.Core.Traces;

/// <summary>A file that an import could not read, or read incompletely.</summary>
/// <param name="File">Path inside the imported folder or zip.</param>
/// <param name="Message">What is wrong with it, for a person.</param>
public sealed record FileProblem(string File, string Message);
