using Platform.Core.Yaml;

namespace Platform.Core.Models.Providers;

/// <summary>
/// The providers of a <c>shared.yaml</c>, in either spelling: <c>providers: {name: {api_key, api_base}}</c>, or ChapterX's
/// <c>vendors: {name: {config: {…}, provides: [patterns]}}</c>. What can be read counts; what cannot is a problem.
/// </summary>
internal sealed class ProviderFile
{
    private static readonly string[] BaseSpellings = ["apibase", "baseurl", "apibaseurl", "apiurl", "endpoint"];

    private readonly List<ProviderEntry> _entries = [];
    private readonly ConfigProblems _problems;

    /// <summary>Takes the providers from a file.</summary>
    /// <param name="path">Its full path, for problems.</param>
    /// <param name="document">The file.</param>
    public ProviderFile(string path, ConfigDocument document)
    {
        _problems = new ConfigProblems(path, document.Problems.Select(problem => problem with { File = path }));
        foreach (var section in document.Root is null ? [] : new SharedFile(document.Root).Providers)
        {
            ReadSection(section);
        }
    }

    public IReadOnlyList<ProviderEntry> Entries => _entries;

    public IReadOnlyList<ConfigProblem> Problems => _problems.All;

    private void ReadSection(ConfigEntry section)
    {
        if (section.Value is ConfigScalar { IsNull: true })
        {
            return;
        }

        if (section.Value is not ConfigMap providers)
        {
            _problems.Error(section.Place, section.Key, "This must be a mapping from provider names to their settings.", "Write one name a line, with its settings indented below it.");
            return;
        }

        foreach (var provider in providers.Entries)
        {
            var name = provider.Key.Trim().ToLowerInvariant();
            var entry = new ProviderEntry(name, $"{section.Key}.{name}", provider.Place);
            if (name.Length == 0 || name.Contains('/', StringComparison.Ordinal))
            {
                _problems.Error(entry.Place, section.Key, "A provider's name must be a plain word without a slash.", "Rename it.");
            }
            else if (provider.Value is not ConfigMap settings)
            {
                _problems.Error(entry.Place, entry.Key, "This must be a mapping with api_key or api_base.", "Write them below the name, one a line.");
            }
            else if (ReadSettings(entry, settings))
            {
                _entries.Add(entry);
            }
        }
    }

    private bool ReadSettings(ProviderEntry entry, ConfigMap settings)
    {
        var isRight = true;
        foreach (var setting in settings.Entries)
        {
            switch (Name(setting.Key), setting.Value)
            {
                case ("config", ConfigMap nested):
                    isRight &= ReadSettings(entry, nested);
                    break;
                case ("provides", ConfigList patterns) when patterns.Items.All(pattern => pattern is ConfigScalar):
                    entry.Provides = [.. patterns.Items.OfType<ConfigScalar>().Select(pattern => pattern.Text).Where(pattern => pattern.Length > 0)];
                    break;
                case ("provides", ConfigScalar { IsNull: false, Text: { Length: > 0 } pattern }):
                    entry.Provides = [pattern];
                    break;
                case (var name, ConfigScalar text) when IsKey(name):
                    entry.ApiKey = text.IsNull ? null : text.Text;
                    break;
                case (var name, ConfigScalar text) when IsBase(name):
                    entry.ApiBase = text.IsNull ? null : text.Text;
                    break;
                case (var name, _) when name is "config" or "provides" || IsKey(name) || IsBase(name):
                    _problems.Error(
                        setting.Place,
                        $"{entry.Key}.{setting.Key}",
                        name is "provides" ? "This must be a list of model names." : "This has the wrong type.",
                        name is "provides" ? "Write one pattern a line, each after a dash." : "Write text, or settings below config.");
                    isRight = false;
                    break;
                default:
                    break;
            }
        }

        return isRight;
    }

    // ChapterX's own vendors write anthropic_api_key, openai_api_key and so on.
    private static bool IsKey(string name) => name.EndsWith("apikey", StringComparison.Ordinal);

    private static bool IsBase(string name) => Array.Exists(BaseSpellings, spelling => name.EndsWith(spelling, StringComparison.Ordinal));

    /// <summary>Without separators, so that <c>api_base</c>, <c>apiBase</c> and <c>APIBASE</c> are one.</summary>
    private static string Name(string key) => KeySpelling.Canonical(key).Replace("_", "", StringComparison.Ordinal);
}
