using Platform.Core.Text;

namespace Platform.Core.Yaml;

/// <summary>A problem in the settings of a file that a person should fix.</summary>
/// <param name="IsError">True when the file's newest version, or the part that is named, is not loaded.</param>
/// <param name="File">Its path, or <c>environment</c>.</param>
/// <param name="Line">From 1; null when it concerns the whole file.</param>
/// <param name="Column">From 1; null when it concerns the whole file.</param>
/// <param name="Key">The key's path, such as <c>providers.openai.api_base</c>; null when it concerns the whole file.</param>
/// <param name="Message">What is wrong, never with a secret.</param>
/// <param name="Remedy">What to write instead.</param>
public sealed record ConfigProblem(bool IsError, string File, int? Line, int? Column, string? Key, string Message, string Remedy)
{
    /// <inheritdoc/>
    public override string ToString() =>
        $"{File}{(Line is null ? "" : $":{Line}:{Column}")}: {(Key is null ? "" : $"{Key}: ")}{Message} {Remedy}".TrimEnd();
}

/// <summary>What a reading finds wrong with one file.</summary>
/// <param name="file">Its path.</param>
/// <param name="known">What was found before.</param>
internal sealed class ConfigProblems(string file, params IEnumerable<ConfigProblem> known)
{
    private readonly List<ConfigProblem> _found = [.. known];

    /// <summary>The file's path.</summary>
    public string File => file;

    /// <summary>By line, those of the whole file first.</summary>
    public IReadOnlyList<ConfigProblem> All => [.. _found.OrderBy(problem => problem.Line ?? 0)];

    /// <summary>True when the file's newest version must not be loaded.</summary>
    public bool HasErrors => _found.Exists(problem => problem.IsError);

    public void Error(ConfigPlace? place, string? key, string message, string remedy) => Add(true, place, key, message, remedy);

    public void Warn(ConfigPlace? place, string? key, string message, string remedy) => Add(false, place, key, message, remedy);

    private void Add(bool isError, ConfigPlace? place, string? key, string message, string remedy)
    {
        // What a file holds may be quoted here, and problems are stored.
        _found.Add(new ConfigProblem(isError, StorableText.Repair(file), place?.Line, place?.Column, key is null ? null : StorableText.Repair(key), StorableText.Repair(message), StorableText.Repair(remedy)));
    }
}
