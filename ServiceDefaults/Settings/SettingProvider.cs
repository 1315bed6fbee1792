using System.Collections.Concurrent;
using Microsoft.Extensions.Configuration;

namespace Platform.ServiceDefaults.Settings;

/// <summary>
/// Provides settings with a short name, and settings whose value is in a file, such as container secrets. The highest source that has the
/// setting wins: command line, then environment, then appsettings. Within one source the key takes precedence over its short name; instead of either there
/// may be <c>NAME_FILE</c>, the path of the file that holds the value. An empty value or file counts as not set. A file is read once.
/// </summary>
internal sealed class SettingProvider(IConfigurationRoot root, IReadOnlyList<SettingAlias> aliases, IReadOnlyDictionary<string, Func<string, string>> forms)
    : DerivedConfigurationProvider(root)
{
    private const string FileSuffix = "_FILE";
    private const int MaxSizeBytes = 64 * 1024;

    private readonly ConcurrentDictionary<string, string> _contents = new(StringComparer.Ordinal);

    /// <exception cref="SettingException">A file cannot be read, a value is given both directly and by a file, or it cannot be understood.</exception>
    public override bool TryGet(string key, out string? value)
    {
        value = key.EndsWith(FileSuffix, StringComparison.OrdinalIgnoreCase) ? null : Find(key);
        return value is not null;
    }

    public override IEnumerable<string> GetChildKeys(IEnumerable<string> earlierKeys, string? parentPath)
    {
        var keys = earlierKeys.ToList();
        var fromFiles = keys
            .Where(key => key.Length > FileSuffix.Length && key.EndsWith(FileSuffix, StringComparison.OrdinalIgnoreCase))
            .Select(key => key[..^FileSuffix.Length])
            // At the top there are other programs' variables too, such as SSL_CERT_FILE.
            .Where(key => parentPath is not null || aliases.Any(alias => alias.Name.Equals(key, StringComparison.OrdinalIgnoreCase)));
        return ChildKeys(
            [.. keys, .. fromFiles],
            parentPath,
            aliases.Where(alias => Sources.Any(source => Text(source, alias.Name) is not null || Text(source, alias.Name + FileSuffix) is not null)).Select(alias => alias.Key));
    }

    private string? Find(string key)
    {
        var names = aliases.Where(alias => alias.Key.Equals(key, StringComparison.OrdinalIgnoreCase)).ToList();
        RefuseBoth(key);
        names.ForEach(alias => RefuseBoth(alias.Name));
        var form = forms.GetValueOrDefault(key);
        foreach (var source in Sources)
        {
            if (Text(source, key) is { } text)
            {
                // A key without another name or form is left to the source itself.
                return names.Count == 0 && form is null ? null : Translate(form, text, key);
            }

            if (Content(source, key) is { } content)
            {
                return Translate(form, content, key);
            }

            foreach (var alias in names)
            {
                if ((Text(source, alias.Name) ?? Content(source, alias.Name)) is { } value)
                {
                    return Translate(alias.Translate ?? form, value, $"{alias.Name} (setting {alias.Key})");
                }
            }
        }

        return null;
    }

    private void RefuseBoth(string name)
    {
        if (Sources.Any(source => Text(source, name) is not null) && Sources.Any(source => Content(source, name) is not null))
        {
            throw new SettingException($"{name} and {name}{FileSuffix} are both set; remove one of them.");
        }
    }

    private string? Content(IConfigurationProvider source, string name) =>
        Text(source, name + FileSuffix) is { } path && _contents.GetOrAdd(path, _ => Read(name, path)) is var content && !string.IsNullOrWhiteSpace(content)
            ? content
            : null;

    private static string? Text(IConfigurationProvider source, string key) =>
        source.TryGet(key, out var value) && !string.IsNullOrEmpty(value) ? value : null;

    private static string Translate(Func<string, string>? form, string text, string place)
    {
        try
        {
            return form is null ? text : form(text);
        }
        catch (FormatException exception)
        {
            throw new SettingException($"{place}: {exception.Message}.", exception);
        }
    }

    private static string Read(string name, string path)
    {
        try
        {
            var file = new FileInfo(path);
            return file is { Exists: true, Length: > MaxSizeBytes }
                ? throw new SettingException($"{name}{FileSuffix}: '{path}' is larger than {MaxSizeBytes / 1024} KiB, the maximum of a setting.")
                : File.ReadAllText(path).TrimEnd('\r', '\n');
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new SettingException(
                $"{name}{FileSuffix}: cannot read '{path}' ({exception.GetType().Name}); create the file, let this user read it, or unset {name}{FileSuffix}.",
                exception);
        }
    }
}

/// <summary>Adds <see cref="SettingProvider"/> to a configuration.</summary>
internal sealed class SettingSource(IConfigurationRoot root) : IConfigurationSource
{
    public IConfigurationProvider Build(IConfigurationBuilder builder) => new SettingProvider(root, SettingAliases.All, SettingAliases.Forms);
}
