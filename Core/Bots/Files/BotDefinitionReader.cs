using System.Text.Json;
using Platform.Core.Models;
using Platform.Core.Yaml;

namespace Platform.Core.Bots.Files;

/// <summary>Makes a definition of the effective keys.</summary>
internal sealed class BotDefinitionReader(
    string folder,
    IReadOnlyDictionary<string, ConfigEntry> entries,
    ConfigProblems problems)
{
    private const int PromptLength = 100_000;

    private static readonly Dictionary<string, ModelMode> Modes = new()
    {
        ["chat"] = ModelMode.Chat,
        ["prefill"] = ModelMode.Prefill,
        ["base-model"] = ModelMode.BaseModel,
    };

    private readonly ConfigValues _values = new(entries, problems);

    /// <summary>Reads every typed key and notes what is wrong; required keys may be missing.</summary>
    public void Check() => Read("-", "-", "-");

    /// <summary>Reads the definition; it may be used only when no error was noted.</summary>
    public BotDefinition? Read()
    {
        var name = Required("name", "A bot needs a name.", "Add a line like: name: Ada");
        var model = Required("continuation_model", "No model is set.", "Add a line like: continuation_model: gpt-4o-mini, here or in shared.yaml.");
        var handle = name is null ? null : Handle(name);
        return name is null || model is null || handle is null ? null : Read(name, handle, model);
    }

    private BotDefinition Read(string name, string handle, string model) => new()
    {
        Name = name,
        InnerName = _values.Text("inner_name", 80),
        Handle = handle,
        DisplayName = _values.Text("display_name", 80) ?? name,
        Enabled = _values.Flag("enabled", true),
        Description = _values.Text("description", 300),
        Emoji = _values.Text("emoji", 16),
        Tone = _values.Text("tone", 300),
        Interests = _values.Texts("interests", 50, 80),
        Sayings = _values.Texts("sayings", 100, 500),
        CadenceMinutes = _values.Whole("cadence_minutes", null, 1, 7 * 24 * 60),
        SystemPrompt = Prompt("system_prompt") ?? "",
        ContextPrefix = Prompt("context_prefix"),
        Mode = _values.Choice("mode", Modes, ModelMode.Chat),
        ContinuationModel = _values.Text("continuation_model", 200) ?? model,
        Temperature = _values.Real("temperature", 1, 0, 2),
        TopP = _values.Real("top_p", null, 0, 1),
        MaxTokens = _values.Whole("max_tokens", 4096, 1, 200_000) ?? 4096,
        StopSequences = _values.Texts("stop_sequences", 64, 200),
        ProviderParameters = _values.Section("provider_params"),
        RecencyWindowMessages = _values.Whole("recency_window_messages", 200, 1, 10_000) ?? 200,
        RollingThreshold = _values.Whole("rolling_threshold", 50, 1, 10_000) ?? 50,
        RecencyWindowCharacters = _values.Whole("recency_window_characters", 100_000, 100, 5_000_000) ?? 100_000,
        HardMaxCharacters = _values.Whole("hard_max_characters", 500_000, 100, 5_000_000) ?? 500_000,
        MaySpeak = _values.Flag("may_speak", true),
        IgnoreDottedMessages = _values.Flag("ignore_dotted_messages", true),
        MaxBotReplyChainDepth = _values.Whole("max_bot_reply_chain_depth", 2, 0, 100) ?? 2,
        ReplyOnRandom = _values.Whole("reply_on_random", 500, 0, 1_000_000) ?? 500,
        ToolPlugins = _values.Texts("tool_plugins", 50, 80),
        PluginConfig = _values.Section("plugin_config"),
        Extra = Extra(),
    };

    private string? Required(string key, string message, string remedy)
    {
        if (_values.Find(key) is { } entry)
        {
            var text = _values.Text(key, key is "name" ? 80 : 200);
            if (text is null && !problems.HasErrors)
            {
                _values.Error(entry, message, remedy);
            }

            return text;
        }

        problems.Error(entries.TryGetValue(key, out var empty) && empty.File == problems.File ? empty.Place : null, key, message, remedy);
        return null;
    }

    private string? Handle(string name)
    {
        var key = _values.Find("handle") is null ? "name" : "handle";
        if (_values.Find(key) is not { } entry || (key is "handle" ? _values.Text("handle", BotHandle.MaxLength) : BotHandle.FromName(name)) is not { } handle)
        {
            return null;
        }

        if (!BotHandle.IsValid(handle))
        {
            var remedy = BotHandle.FromName(handle) is { Length: > 0 } better ? $"Write handle: {better}" : "Add a handle made of the letters a to z, digits, - and _.";
            _values.Error(entry, key is "handle" ? $"The handle {handle} has characters that are not allowed in a mention." : $"No handle can be derived from the name {name}.", remedy);
            return null;
        }

        if (BotHandle.IsReserved(handle))
        {
            _values.Error(entry, $"The handle {handle} is reserved.", "Choose another handle.");
            return null;
        }

        return handle;
    }

    /// <summary>A text in the file itself or in a file that it names.</summary>
    private string? Prompt(string key)
    {
        if (_values.Text($"{key}_file", 500) is not { } named || _values.Find($"{key}_file") is not { } entry)
        {
            return _values.Text(key, PromptLength);
        }

        if (_values.Find(key) is { } both && both.File == problems.File)
        {
            problems.Warn(both.Place, both.Key, $"{key} and {key}_file are both set; the file is used.", "Keep one of the two.");
        }

        if (ConfigFolder.Resolve(entry.File, named) is not { } path)
        {
            _values.Error(entry, $"{entry.Key} points outside the config folder.", $"Move the text into the config folder and write its path relative to {entry.File}.");
            return null;
        }

        var reading = new ConfigProblems(path);
        var (text, _) = ConfigText.Read(folder, reading);
        foreach (var problem in reading.All)
        {
            _values.Error(entry, $"{path}{(problem.Line is { } line ? $" line {line}" : "")}: {problem.Message}", problem.Remedy);
        }

        if (text?.Length > PromptLength)
        {
            _values.Error(entry, $"{path} has {text.Length} characters; at most {PromptLength} are allowed.", "Shorten it.");
        }

        return text is null ? null : SecretKeys.Redact(text).Trim();
    }

    private Dictionary<string, JsonElement> Extra()
    {
        var json = new ConfigJson(problems);
        var result = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var (key, entry) in entries.OrderBy(item => item.Key, StringComparer.Ordinal))
        {
            if (!BotKeys.Used.Contains(key) && !SharedFile.ProviderKeys.Contains(key) && json.Convert(entry) is { } value)
            {
                result[key] = value;
            }
        }

        return result;
    }
}
