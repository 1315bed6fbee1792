using System.Collections.Concurrent;
using Microsoft.Extensions.Configuration;

namespace Platform.ServiceDefaults.Settings;

/// <summary>
/// Answers <c>NAME</c> with the content of the file that <c>NAME_FILE</c> names, as container secrets are mounted. A file is read once.
/// </summary>
internal sealed class SecretFileProvider(IConfigurationRoot root) : DerivedConfigurationProvider(root)
{
    public const string Suffix = "_FILE";

    private const int MaxSizeBytes = 64 * 1024;

    private readonly ConcurrentDictionary<string, string> _contents = new(StringComparer.Ordinal);

    /// <exception cref="SettingException">The file cannot be read, or the value is given both ways.</exception>
    public override bool TryGet(string key, out string? value)
    {
        value = null;
        if (key.EndsWith(Suffix, StringComparison.OrdinalIgnoreCase) || FindElsewhere(key + Suffix) is not { } path)
        {
            return false;
        }

        if (FindElsewhere(key) is not null)
        {
            throw new SettingException($"{key} and {key}{Suffix} are both set; remove one of them.");
        }

        value = _contents.GetOrAdd(path, _ => Read(key, path));
        return true;
    }

    public override IEnumerable<string> GetChildKeys(IEnumerable<string> earlierKeys, string? parentPath)
    {
        var keys = earlierKeys.ToList();
        var own = keys
            .Where(key => key.Length > Suffix.Length && key.EndsWith(Suffix, StringComparison.OrdinalIgnoreCase))
            .Select(key => key[..^Suffix.Length])
            .Where(key => parentPath is not null || SettingAliases.IsKnown(key))
            .ToList();
        return keys.Concat(own).Order(ConfigurationKeyComparer.Instance);
    }

    private static string Read(string key, string path)
    {
        try
        {
            var file = new FileInfo(path);
            return file is { Exists: true, Length: > MaxSizeBytes }
                ? throw new SettingException($"{key}{Suffix}: '{path}' is larger than {MaxSizeBytes / 1024} KiB, which no setting is.")
                : File.ReadAllText(path).TrimEnd('\r', '\n');
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new SettingException(
                $"{key}{Suffix}: cannot read '{path}' ({exception.GetType().Name}); create the file, let this user read it, or unset {key}{Suffix}.",
                exception);
        }
    }
}
