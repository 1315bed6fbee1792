using Platform.Contracts.Bots;

namespace Platform.Core.Bots.Files;

/// <summary>What a reading finds wrong with one file.</summary>
internal sealed class FileProblems(string file)
{
    private readonly List<BotFileProblem> _found = [];

    /// <summary>Relative to the config folder.</summary>
    public string File => file;

    /// <summary>By line, those of the whole file first.</summary>
    public IReadOnlyList<BotFileProblem> All => [.. _found.OrderBy(problem => problem.Line ?? 0)];

    /// <summary>True when the file's newest version must stay out of force.</summary>
    public bool HasErrors => _found.Exists(problem => problem.Severity == BotFileSeverity.Error);

    public void Error(int? line, string? key, string message, string remedy) =>
        _found.Add(new BotFileProblem(BotFileSeverity.Error, file, line, key, message, remedy));

    public void Warn(int? line, string? key, string message, string remedy) =>
        _found.Add(new BotFileProblem(BotFileSeverity.Warning, file, line, key, message, remedy));
}
