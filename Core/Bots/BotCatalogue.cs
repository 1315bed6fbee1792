using System.Security.Cryptography;
using System.Text;
using Platform.Contracts.Bots;
using Platform.Core.Bots.Files;
using Platform.Core.Files;
using Platform.Core.Yaml;

namespace Platform.Core.Bots;

/// <summary>The config folder: <c>shared.yaml</c> and <c>bots/*.yaml</c>.</summary>
/// <param name="folder">The config folder.</param>
/// <param name="files">Reads the shared files.</param>
public sealed class BotCatalogue(string folder, ConfigFiles files)
{
    private const int MaxFiles = 2000;

    private static readonly EnumerationOptions OneFolder = new() { IgnoreInaccessible = false };

    private static readonly EnumerationOptions WholeTree = new() { RecurseSubdirectories = true, MaxRecursionDepth = 4 };

    /// <summary>
    /// Changes whenever a file of the folder does. Looks at names, times, sizes and contents, since mounted folders
    /// neither raise change events nor always move a file's time.
    /// </summary>
    /// <returns>A hash in hex; that of an empty folder when there is none.</returns>
    public string Fingerprint()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in Files(folder, WholeTree) ?? [])
        {
            var problems = new ConfigProblems(Path.GetRelativePath(folder, file.FullName));
            // A name that is not UTF-8 leads to no file, and asking for the length of none throws.
            var length = file.Exists ? file.Length : 0;
            var content = length <= ConfigText.MaxBytes ? ConfigText.Read(folder, problems).Hash : "";
            hash.AppendData(Encoding.UTF8.GetBytes($"{file.FullName}\n{file.LastWriteTimeUtc.Ticks}\n{length}\n{content}{RegularFile.OtherKind(file.FullName)}\n"));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Reads every file. What is wrong with a file is part of the result.</summary>
    public BotCatalogueReading Read()
    {
        if (Files(Path.Combine(folder, ConfigFolder.Bots), OneFolder) is not { } found)
        {
            return new BotCatalogueReading(Missing(), [], []);
        }

        var reader = new BotFileReader(folder, files);
        reader.Shared(ConfigFolder.SharedFile);
        var bots = found
            .Where(file => file.Extension is ".yaml" or ".yml" && !file.Name.StartsWith('.'))
            .Select(file => reader.Read($"{ConfigFolder.Bots}/{file.Name}"))
            .ToList();
        var shared = reader.SharedFiles
            .Where(file => file.Exists)
            .Select(file => new BotFileReading(file.Path, file.ContentHash, null, file.Problems, file.Loaded));
        return new BotCatalogueReading(null, [.. shared], bots);
    }

    private static List<FileInfo>? Files(string root, EnumerationOptions options)
    {
        try
        {
            return [.. new DirectoryInfo(root).EnumerateFiles("*", options).Take(MaxFiles).OrderBy(file => file.FullName, StringComparer.Ordinal)];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static BotFileProblem Missing() => new(
        BotFileSeverity.Error,
        ConfigFolder.Bots,
        null,
        null,
        "The config folder has no readable folder 'bots'; the bots are unchanged.",
        "Mount the folder with shared.yaml and bots/, and set CONFIG_PATH to it.");
}
