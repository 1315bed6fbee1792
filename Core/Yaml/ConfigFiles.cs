using System.Collections.Concurrent;

namespace Platform.Core.Yaml;

/// <summary>A YAML file as it was read.</summary>
/// <param name="File">Its path, relative to its folder.</param>
/// <param name="Hash">SHA-256 of its bytes in hex; empty when it is absent or could not be read.</param>
/// <param name="Root">Its keys; null when it is absent, empty or cannot be read.</param>
/// <param name="Problems">What is wrong with the file as YAML; an absent or empty file has none.</param>
internal sealed record ConfigDocument(string File, string Hash, ConfigMap? Root, IReadOnlyList<ConfigProblem> Problems)
{
    /// <summary>True when the file holds nothing, or comments only.</summary>
    public bool IsEmpty => Root is null && Problems.Count == 0 && Hash.Length > 0;

    /// <summary>True when there is no such file.</summary>
    public bool IsAbsent => Root is null && Problems.Count == 0 && Hash.Length == 0;
}

/// <summary>
/// Reads YAML files: each version is parsed once, whoever asks. So <c>shared.yaml</c>, which holds the defaults of the bots and the providers of the
/// models, is one document for both.
/// </summary>
public sealed class ConfigFiles
{
    private readonly ConcurrentDictionary<(string Folder, string File), ConfigDocument> _documents = new();

    /// <summary>Reads a file that several ask for.</summary>
    /// <param name="folder">The folder that paths are relative to.</param>
    /// <param name="file">Relative to the folder, with <c>/</c>.</param>
    internal ConfigDocument Read(string folder, string file)
    {
        var problems = new ConfigProblems(file);
        if (!File.Exists(Path.Combine(folder, file)))
        {
            return new ConfigDocument(file, "", null, []);
        }

        var (text, hash) = ConfigText.Read(folder, problems);
        if (hash.Length > 0 && _documents.TryGetValue((folder, file), out var known) && known.Hash == hash)
        {
            return known;
        }

        var document = Parse(text, hash, problems);
        _documents[(folder, file)] = document;
        return document;
    }

    /// <summary>Reads a file that only the caller asks for.</summary>
    /// <inheritdoc cref="Read"/>
    internal static ConfigDocument ReadOnce(string folder, string file)
    {
        var problems = new ConfigProblems(file);
        var (text, hash) = ConfigText.Read(folder, problems);
        return Parse(text, hash, problems);
    }

    private static ConfigDocument Parse(string? text, string hash, ConfigProblems problems)
    {
        var root = text is null ? null : new YamlReader(problems).Read(text);
        return new ConfigDocument(problems.File, hash, root, problems.All);
    }
}
