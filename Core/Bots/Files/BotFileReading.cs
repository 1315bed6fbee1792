using Platform.Contracts.Bots;
using Platform.Core.Yaml;

namespace Platform.Core.Bots.Files;

/// <summary>One file of the config folder as read.</summary>
/// <param name="Path">Relative to the config folder.</param>
/// <param name="ContentHash">SHA-256 of the file in hex; empty when it could not be read.</param>
/// <param name="Definition">Null when it has errors, and for shared files.</param>
/// <param name="Problems">Errors and warnings by line.</param>
/// <param name="SharedLoaded">False when the defaults below it are unknown; for a shared file, when its own are.</param>
public sealed record BotFileReading(
    string Path,
    string ContentHash,
    BotDefinition? Definition,
    IReadOnlyList<BotFileProblem> Problems,
    bool SharedLoaded)
{
    /// <summary>The line that gives the bot its handle; null when there is none.</summary>
    public int? HandleLine { get; init; }

    /// <summary>The same file with an error about its handle, which keeps it from being loaded.</summary>
    /// <param name="message">What is wrong.</param>
    /// <param name="remedy">What to do.</param>
    public BotFileReading Refused(string message, string remedy) => Refused(HandleLine, "handle", message, remedy);

    /// <summary>The same file with an error, which keeps it out of force.</summary>
    /// <param name="line">Where it is; null when it concerns the whole file.</param>
    /// <param name="key">Which key; null when it concerns the whole file.</param>
    /// <param name="message">What is wrong.</param>
    /// <param name="remedy">What to do.</param>
    public BotFileReading Refused(int? line, string? key, string message, string remedy) => this with
    {
        Definition = null,
        Problems = [.. Problems, new BotFileProblem(BotFileSeverity.Error, Path, line, key, message, remedy)],
    };
}

internal static class BotFileProblems
{
    /// <summary>The problems as they are stored and shown.</summary>
    public static IReadOnlyList<BotFileProblem> ToContract(this ConfigProblems problems) =>
    [
        .. problems.All.Select(problem => new BotFileProblem(
            problem.IsError ? BotFileSeverity.Error : BotFileSeverity.Warning, problem.File, problem.Line, problem.Key, problem.Message, problem.Remedy)),
    ];
}
