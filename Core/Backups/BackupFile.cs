using System.Globalization;
using System.Security.Cryptography;
using Platform.Contracts.Backups;
using Platform.Core.Files;
using Platform.Core.Storage;

namespace Platform.Core.Backups;

/// <summary>A dump and its manifest in a folder. A dump without a manifest was never finished.</summary>
/// <param name="Path">Of the dump.</param>
public sealed record BackupFile(string Path)
{
    private const string DumpEnding = ".dump";
    private const string ManifestEnding = ".json";
    private const string UnfinishedEnding = ".unfinished";

    /// <summary>Of the manifest.</summary>
    public string ManifestPath => System.IO.Path.ChangeExtension(Path, ManifestEnding);

    /// <summary>Where the dump is written until it is whole.</summary>
    internal string UnfinishedPath => Path + UnfinishedEnding;

    /// <summary>Names a new one: <c>platform-20261121-032000-nightly.dump</c>.</summary>
    internal static BackupFile New(string folder, DateTimeOffset at, BackupCause cause) => new(System.IO.Path.Combine(
        folder, string.Create(CultureInfo.InvariantCulture, $"platform-{at.UtcDateTime:yyyyMMdd-HHmmss}-{EnumText.Of(cause)}{DumpEnding}")));

    /// <summary>The finished ones of a folder, the newest first.</summary>
    public static IReadOnlyList<BackupFile> In(string folder) => !Directory.Exists(folder)
        ? []
        : [.. Directory.EnumerateFiles(folder, "platform-*" + DumpEnding).Select(path => new BackupFile(path)).Where(file => RegularFile.Exists(file.ManifestPath) && RegularFile.Exists(file.Path))
            .OrderByDescending(file => System.IO.Path.GetFileName(file.Path), StringComparer.Ordinal)];

    /// <summary>Reads the manifest and compares the dump with it.</summary>
    /// <exception cref="BackupException">A file is missing or changed.</exception>
    public async Task<BackupManifest> VerifyAsync(CancellationToken cancellationToken)
    {
        if (!RegularFile.Exists(Path) || !RegularFile.Exists(ManifestPath))
        {
            throw new BackupException($"{(RegularFile.Exists(Path) ? ManifestPath : Path)} is missing: a backup is a .dump and a .json of the same name.");
        }

        var manifest = BackupManifest.Parse(await File.ReadAllTextAsync(ManifestPath, cancellationToken), ManifestPath);
        var hash = await HashAsync(Path, cancellationToken);
        return hash == manifest.Sha256
            ? manifest
            : throw new BackupException($"{Path} is damaged: its SHA-256 is {hash}, the manifest has {manifest.Sha256}. Use an older backup.");
    }

    /// <summary>SHA-256 of a file, in hex digits.</summary>
    internal static async Task<string> HashAsync(string path, CancellationToken cancellationToken)
    {
        await using var stream = File.OpenRead(path);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellationToken));
    }

    /// <summary>Deletes both.</summary>
    internal void Delete()
    {
        File.Delete(ManifestPath);
        File.Delete(Path);
    }
}
