using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Platform.Core.Models.Providers;

/// <summary>
/// The providers of a <c>shared.yaml</c>, in either spelling: <c>providers: {name: {api_key, api_base}}</c>, or ChapterX's
/// <c>vendors: {name: {config: {…}, provides: [patterns]}}</c>. Other keys belong to the bots and are not looked at.
/// </summary>
internal sealed class SharedFile
{
    private static readonly string[] BaseSpellings = ["apibase", "baseurl", "apibaseurl", "apiurl", "endpoint"];

    private readonly string _path;
    private readonly List<ProviderEntry> _entries = [];
    private readonly List<ProviderProblem> _problems = [];

    private SharedFile(string path) => _path = path;

    public IReadOnlyList<ProviderEntry> Entries => _entries;

    public IReadOnlyList<ProviderProblem> Problems => _problems;

    /// <summary>Reads what can be read; what cannot is in <see cref="Problems"/>.</summary>
    public static SharedFile Parse(string path, string yaml)
    {
        var file = new SharedFile(path);
        try
        {
            var stream = new YamlStream();
            stream.Load(new StringReader(yaml));
            if (stream.Documents.Count > 0)
            {
                file.ReadRoot(stream.Documents[0].RootNode);
            }
        }
        catch (YamlException exception)
        {
            // The parser's message may quote the text around the error, which may be a key.
            file.Complain(exception.Start.Line, "", "This is not valid YAML; mend the indentation or quoting near this line.");
        }

        return file;
    }

    private void ReadRoot(YamlNode root)
    {
        if (root is not YamlMappingNode mapping)
        {
            if (root is not YamlScalarNode { Value: null or "" })
            {
                Complain(root.Start.Line, "", "The file must be a mapping, such as 'providers:' with names below it.");
            }

            return;
        }

        foreach (var (key, node) in mapping.Children)
        {
            if (Name(key) is "providers" or "vendors")
            {
                ReadProviders(((YamlScalarNode)key).Value ?? "", node);
            }
        }
    }

    private void ReadProviders(string section, YamlNode node)
    {
        if (node is YamlScalarNode { Value: null or "" or "~" or "null" })
        {
            return;
        }

        if (node is not YamlMappingNode providers)
        {
            Complain(node.Start.Line, section, "This must be a mapping from provider names to their settings.");
            return;
        }

        foreach (var (key, settings) in providers.Children)
        {
            var name = (key as YamlScalarNode)?.Value?.Trim().ToLowerInvariant() ?? "";
            var entry = new ProviderEntry(name, $"{section}.{name}", (int)key.Start.Line);
            if (name.Length == 0 || name.Contains('/', StringComparison.Ordinal))
            {
                Complain(entry.Line, section, "A provider's name must be a plain word without a slash.");
            }
            else if (settings is not YamlMappingNode mapping)
            {
                Complain(entry.Line, entry.Key, "This must be a mapping with api_key or api_base.");
            }
            else if (ReadSettings(entry, mapping))
            {
                _entries.Add(entry);
            }
        }
    }

    private bool ReadSettings(ProviderEntry entry, YamlMappingNode settings)
    {
        var isRight = true;
        foreach (var (key, value) in settings.Children)
        {
            var place = $"{entry.Key}.{(key as YamlScalarNode)?.Value}";
            switch (Name(key), value)
            {
                case ("config", YamlMappingNode nested):
                    isRight &= ReadSettings(entry, nested);
                    break;
                case ("provides", YamlSequenceNode patterns) when patterns.All(pattern => pattern is YamlScalarNode):
                    entry.Provides = [.. patterns.Select(pattern => ((YamlScalarNode)pattern).Value ?? "").Where(pattern => pattern.Length > 0)];
                    break;
                case ("provides", YamlScalarNode { Value: { Length: > 0 } pattern }):
                    entry.Provides = [pattern];
                    break;
                case (var name, YamlScalarNode text) when IsKey(name):
                    entry.ApiKey = text.Value;
                    break;
                case (var name, YamlScalarNode text) when IsBase(name):
                    entry.ApiBase = text.Value;
                    break;
                case (var name, _) when name is "config" or "provides" || IsKey(name) || IsBase(name):
                    Complain(key.Start.Line, place, name is "provides" ? "This must be a list of model names." : "This has the wrong shape: text is expected, or settings below 'config'.");
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

    /// <summary>Lower case without separators, so that <c>api_base</c>, <c>api-base</c> and <c>apiBase</c> are one.</summary>
    private static string Name(YamlNode key) =>
        (key as YamlScalarNode)?.Value?.Replace("_", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal).ToLowerInvariant() ?? "";

    private void Complain(long line, string key, string message) => _problems.Add(new ProviderProblem(_path, (int)line, key, message));
}
