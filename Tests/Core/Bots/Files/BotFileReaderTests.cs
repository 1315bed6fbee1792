using System.Text;
using Platform.Core.Bots;
using Platform.Core.Bots.Files;
using Platform.Core.Models;
using Platform.Core.Yaml;

namespace Platform.Tests.Core.Bots.Files;

public sealed class BotFileReaderTests : IDisposable
{
    private const string BotPath = "bots/ada.yaml";

    private readonly TestConfigFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("12345678901234567890", "12345678901234567890")]
    [InlineData("-9223372036854775808", "-9223372036854775808")]
    [InlineData("0xFFFFFFFFFFFFFFFF", "18446744073709551615")]
    [InlineData("0o777", "511")]
    [InlineData("+7", "7")]
    [InlineData("2.5e3", "2500")]
    [InlineData("0007", "\"0007\"")]
    [InlineData("1_000", "\"1_000\"")]
    [InlineData("12:30", "\"12:30\"")]
    [InlineData("\"1e400\"", "\"1e400\"")]
    [InlineData("Infinity", "\"Infinity\"")]
    public void Read_NumberInASection_IsExact(string yaml, string json)
    {
        var reading = Read($"name: Ada\ncontinuation_model: m\nprovider_params: {{x: {yaml}}}");

        Assert.Equal(json, reading.Definition?.ProviderParameters["x"].GetRawText());
    }

    [Fact]
    public void Read_HalvesOfSurrogatePairs_AreNamed()
    {
        Assert.Contains(Read("name: Ada\ncontinuation_model: m\ntone: \"\\uD83D\"").Problems, problem => problem is { Severity: BotFileSeverity.Error, Line: 3 });
    }

    [Fact]
    public void Read_LeadingZero_IsTextWithAWarning()
    {
        var problem = Assert.Single(Read("name: Ada\ncontinuation_model: m\nprovider_params: {zip: 01234}").Problems);

        Assert.Equal((BotFileSeverity.Warning, 3, "provider_params.zip"), (problem.Severity, problem.Line, problem.Key));
    }

    [Theory]
    [InlineData("name: Ada\n\tmodel: x", 2, null, "tab", "spaces")]
    [InlineData("name: Ada\ntone: dry: and cold", 2, null, "not valid YAML", "quotes")]
    [InlineData("name: [Ada", 1, null, "not valid YAML", "close brackets")]
    [InlineData("- a\n- b", 1, null, "must contain keys", "name: Ada")]
    [InlineData("", null, null, "empty", "continuation_model")]
    [InlineData("# nothing yet\n", null, null, "empty", "continuation_model")]
    [InlineData("continuation_model: m", null, "name", "needs a name", "name: Ada")]
    [InlineData("name: Ada", null, "continuation_model", "No model", "shared.yaml")]
    [InlineData("name:\ncontinuation_model: m", 1, "name", "needs a name", "name: Ada")]
    [InlineData("name: Ada\ncontinuation_model: m\ntemperature: 3", 3, "temperature", "is 3, which is out of range", "0 to 2")]
    [InlineData("name: Ada\ncontinuation_model: m\ntemperature: warm", 3, "temperature", "is warm, which is not a number", "0 to 2")]
    [InlineData("name: Ada\ncontinuation_model: m\ntop_p: -0.1", 3, "top_p", "out of range", "0 to 1")]
    [InlineData("name: Ada\ncontinuation_model: m\nmax_tokens: 1.5", 3, "max_tokens", "not a whole number", "from 1 to 200000")]
    [InlineData("name: Ada\ncontinuation_model: m\nmaxTokens: \"100\"", 3, "maxTokens", "the text \"100\"", "whole number")]
    [InlineData("name: Ada\ncontinuation_model: m\nenabled: yes", 3, "enabled", "true or false, not yes", "true or false")]
    [InlineData("name: Ada\ncontinuation_model: m\nmode: poetry", 3, "mode", "poetry", "chat, prefill, base-model")]
    [InlineData("name: Ada\ncontinuation_model: m\ninterests: {a: b}", 3, "interests", "must be a list", "dash")]
    [InlineData("name: Ada\ncontinuation_model: m\nsayings:\n  - fine\n  - {a: b}", 5, "sayings[1]", "must be text", "quotes")]
    [InlineData("name: Ada\ncontinuation_model: m\ntone: [a]", 3, "tone", "must be text, not a list", "one text")]
    [InlineData("name: Ada\ncontinuation_model: m\nplugin_config: on", 3, "plugin_config", "keys with values", "one key a line")]
    [InlineData("name: Ada\nname: Eva\ncontinuation_model: m", 2, "name", "Duplicate key name (first on line 1)", "Remove one")]
    [InlineData("name: Ada\nmaxTokens: 5\nmax_tokens: 6\ncontinuation_model: m", 3, "max_tokens", "mean the same", "max_tokens")]
    [InlineData("name: Ada\ncontinuation_model: m\nhandle: \"@Ada\"", 3, "handle", "mention", "handle: ada")]
    [InlineData("name: 日本\ncontinuation_model: m", 1, "name", "No handle", "Add a handle")]
    [InlineData("name: You\ncontinuation_model: m", 1, "name", "reserved", "another")]
    [InlineData("name: Ada\ncontinuation_model: m\nsystem_prompt_file: gone.md", 3, "system_prompt_file", "bots/gone.md: The file does not exist", "Create")]
    [InlineData("name: Ada\ncontinuation_model: m\nsystem_prompt_file: ../../secret", 3, "system_prompt_file", "points outside", "config folder")]
    [InlineData("name: Ada\ncontinuation_model: m\nproviders_config: ../else.yaml", 3, "providers_config", "does not exist", "shared.yaml")]
    [InlineData("name: Ada\ncontinuation_model: m\n---\nname: Eva", 3, null, "second YAML document", "one document")]
    [InlineData("name: Ada\ncontinuation_model: m\ntone: \"dry\\0\"", 3, "tone", "tone holds U+0000", "escape")]
    [InlineData("name: \"A\\x00da\"\ncontinuation_model: m", 1, "name", "name holds U+0000", "escape")]
    [InlineData("name: Ada\ncontinuation_model: m\nsystem_prompt: \"one\n  two\n  thr\\u0000ee\"", 5, "system_prompt", "holds U+0000", "escape")]
    [InlineData("name: Ada\ncontinuation_model: m\nsayings:\n  - fine\n  - \"a\\U00000000b\"", 5, "sayings[1]", "sayings[1] holds U+0000", "escape")]
    [InlineData("name: Ada\ncontinuation_model: m\nplugin_config: {deep: {\"k\\0\": 1}}", 3, "plugin_config.deep", "A key holds U+0000", "escape")]
    [InlineData("name: Ada\ncontinuation_model: m\nnovel: {inner: [\"\\0\"]}", 3, "novel.inner[0]", "holds U+0000", "escape")]
    [InlineData("name: Ada\ncontinuation_model: m\nsystem_prompt_file: \"a\\0.md\"", 3, "system_prompt_file", "holds U+0000", "escape", 2)]
    [InlineData("name: Ada\ncontinuation_model: m\ntone: |\n  raw\n  \0\n", 5, null, "The file holds U+0000", "UTF-8")]
    [InlineData("name: Ada\ncontinuation_model: m\nprovider_params: {seed: 18446744073709551616}", 3, "provider_params.seed", "cannot be passed on exactly", "quotation marks")]
    [InlineData("name: Ada\ncontinuation_model: m\nprovider_params:\n  seed: -9223372036854775809", 4, "provider_params.seed", "cannot be passed on exactly", "quotation marks")]
    [InlineData("name: Ada\ncontinuation_model: m\nprovider_params: {seeds: [1, 0x10000000000000000]}", 3, "provider_params.seeds[1]", "cannot be passed on exactly", "quotation marks")]
    [InlineData("name: Ada\ncontinuation_model: m\nprovider_params: {x: 1e400}", 3, "provider_params.x", "larger than any number", "quotation marks")]
    [InlineData("name: Ada\ncontinuation_model: m\nprovider_params: {x: -2.5e-400}", 3, "provider_params.x", "passed on as 0", "quotation marks")]
    [InlineData("name: Ada\ncontinuation_model: m\nplugin_config: {x: .inf}", 3, "plugin_config.x", "no number that JSON has", "quotation marks")]
    [InlineData("name: Ada\ncontinuation_model: *nobody", 2, null, "alias", "Write the value out")]
    public void Read_WrongFile_NamesLineKeyFaultAndRemedy(string yaml, int? line, string? key, string message, string remedy, int errors = 1)
    {
        var reading = Read(yaml);

        var found = reading.Problems.Where(problem => problem.Severity == BotFileSeverity.Error).ToList();
        Assert.Equal(errors, found.Count);
        var problem = found[0];
        Assert.Null(reading.Definition);
        Assert.Equal(BotPath, problem.File);
        Assert.Equal(line, problem.Line);
        Assert.Equal(key, problem.Key);
        Assert.Contains(message, problem.Message, StringComparison.Ordinal);
        Assert.Contains(remedy, problem.Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("temprature: 1", "temprature", "Did you mean temperature?")]
    [InlineData("model: m", "model", "Did you mean continuation_model?")]
    [InlineData("favourite_colour: blue", "favourite_colour", "docs/bots.md")]
    [InlineData("discord_token: abc", "discord_token", "environment")]
    [InlineData("plugin_config:\n  mail:\n    password: abc", "plugin_config.mail.password", "environment")]
    [InlineData("providers:\n  openai:\n    api_key: abc", "providers", "shared.yaml")]
    [InlineData("system_prompt: My key is sk-abcdefghijklmnopqrstuvwx", "system_prompt", "revoke it")]
    public void Read_DoubtfulKey_LoadsWithAWarning(string yaml, string key, string remedy)
    {
        var reading = Read($"name: Ada\ncontinuation_model: m\n{yaml}");

        var problem = Assert.Single(reading.Problems);
        Assert.Equal(BotFileSeverity.Warning, problem.Severity);
        Assert.Equal(key, problem.Key);
        Assert.Contains(remedy, problem.Remedy, StringComparison.Ordinal);
        Assert.NotNull(reading.Definition);
    }

    [Fact]
    public void Read_Secrets_ReachNeitherDefinitionNorProblems()
    {
        var reading = Read("""
            name: Ada
            continuation_model: m
            discord_token: hush-1
            providers: {openai: {api_key: hush-2}}
            mcp_servers:
              - name: mail
                env: {MAIL_PASSWORD: hush-3, LEVEL: info}
                args: [--key, sk-hush4hush4hush4hush4]
            provider_params: {apiKey: hush-5, seed: 7}
            tone: sk-hush6hush6hush6hush6
            temperature: 1
            """);

        Assert.NotNull(reading.Definition);
        var stored = BotDefinitionJson.Write(reading.Definition) + string.Concat(reading.Problems);
        Assert.DoesNotContain("hush", stored, StringComparison.Ordinal);
        Assert.Contains("\"LEVEL\":\"info\"", stored, StringComparison.Ordinal);
        Assert.Contains("\"seed\":7", stored, StringComparison.Ordinal);
        Assert.Equal(6, reading.Problems.Count);
    }

    [Fact]
    public void Read_ExampleOfTheGuide_LoadsWithoutAWord()
    {
        _folder.Write("shared.yaml", "providers:\n  anthropic:\n    api_key: sk-ant-api03-xxx\n");

        var reading = Read("""
            name: MyBot
            innerName: MyBot

            # Use shared provider
            providers_config: ../shared.yaml  # Relative to this config file

            mode: prefill
            prefill_thinking: true
            continuation_model: claude-sonnet-4-5-20250929
            temperature: 1.0
            max_tokens: 4096

            tool_plugins: ['config', 'notes']
            plugin_config:
              notes:
                state_scope: channel
            """);

        Assert.Empty(reading.Problems);
        var definition = Assert.IsType<BotDefinition>(reading.Definition);
        Assert.Equal("mybot", definition.Handle);
        Assert.Equal("MyBot", definition.InnerName);
        Assert.Equal(ModelMode.Prefill, definition.Mode);
        Assert.Equal(["config", "notes"], definition.ToolPlugins);
        Assert.Equal("channel", definition.PluginConfig["notes"].GetProperty("state_scope").GetString());
        Assert.True(definition.Extra["prefill_thinking"].GetBoolean());
    }

    [Fact]
    public void Read_CamelCase_MeansTheSameAsSnakeCase()
    {
        var snake = Read("name: Ada\ncontinuation_model: m\nmax_tokens: 9\nreply_on_random: 7\nstop_sequences: [x]\ninclude_images: false").Definition;
        var camel = Read("name: Ada\ncontinuationModel: m\nmaxTokens: 9\nreplyOnRandom: 7\nstopSequences: [x]\nincludeImages: false").Definition;

        Assert.NotNull(snake);
        Assert.NotNull(camel);
        Assert.Equal(BotDefinitionJson.Hash(snake), BotDefinitionJson.Hash(camel));
        Assert.Equal(9, camel.MaxTokens);
    }

    [Fact]
    public void Read_OnlyTheRequired_HasTheDocumentedDefaults()
    {
        var definition = Read("name: Ada\ncontinuation_model: m").Definition;

        Assert.NotNull(definition);
        Assert.Equal(("ada", "Ada", true), (definition.Handle, definition.DisplayName, definition.Enabled));
        Assert.Equal((1f, null, 4096), (definition.Temperature, definition.TopP, definition.MaxTokens));
        Assert.Equal((200, 50, 100_000, 500_000), (definition.RecencyWindowMessages, definition.RollingThreshold, definition.RecencyWindowCharacters, definition.HardMaxCharacters));
        Assert.Equal((true, true, 2, 500), (definition.MaySpeak, definition.IgnoreDottedMessages, definition.MaxBotReplyChainDepth, definition.ReplyOnRandom));
        Assert.Null(definition.CadenceMinutes);
    }

    [Fact]
    public void Read_SharedDefaults_LieBelowTheBotsOwnKeys()
    {
        _folder.Write("shared.yaml", """
            continuation_model: shared-model
            temperature: 0.3
            system_prompt: shared prompt
            plugin_config: {notes: {a: 1}, timer: {b: 2}}
            """);
        _folder.Write("bots/ada.md", "own prompt\n");

        var definition = Read("name: Ada\ntemperature: null\nsystem_prompt_file: ada.md\nplugin_config: {notes: {a: 9}}").Definition;

        Assert.NotNull(definition);
        Assert.Equal("shared-model", definition.ContinuationModel);
        Assert.Null(definition.Temperature);
        Assert.Equal("own prompt", definition.SystemPrompt);
        Assert.Equal(9, definition.PluginConfig["notes"].GetProperty("a").GetInt32());
        Assert.Equal(2, definition.PluginConfig["timer"].GetProperty("b").GetInt32());
    }

    [Fact]
    public void Read_SharedFileWithErrors_ReportsThemThereAndOnlyThere()
    {
        _folder.Write("shared.yaml", "continuation_model: m\ntemperature: hot\nname: Everybody\n");
        var reader = new BotFileReader(_folder.Root, new ConfigFiles());
        _folder.Write(BotPath, "name: Ada");

        var reading = reader.Read(BotPath);

        Assert.Empty(reading.Problems);
        Assert.False(reading.SharedLoaded);
        var shared = Assert.Single(reader.SharedFiles);
        Assert.Collection(
            shared.Problems,
            problem => Assert.Equal((BotFileSeverity.Error, 2, "temperature"), (problem.Severity, problem.Line, problem.Key)),
            problem => Assert.Equal((BotFileSeverity.Warning, 3, "name"), (problem.Severity, problem.Line, problem.Key)));
    }

    [Fact]
    public void Read_NotUtf8_NamesTheLine()
    {
        _folder.WriteBytes(BotPath, [.. Encoding.ASCII.GetBytes("name: Ada\ntone: caf"), 0xE9, (byte)'\n']);

        var problem = Assert.Single(new BotFileReader(_folder.Root, new ConfigFiles()).Read(BotPath).Problems);

        Assert.Equal(2, problem.Line);
        Assert.Contains("UTF-8", problem.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_ByteOrderMark_IsNoPartOfTheFirstKey()
    {
        _folder.WriteBytes(BotPath, [0xEF, 0xBB, 0xBF, .. Encoding.ASCII.GetBytes("name: Ada\ncontinuation_model: m")]);

        Assert.Empty(new BotFileReader(_folder.Root, new ConfigFiles()).Read(BotPath).Problems);
    }

    [Fact]
    public void Read_TooLarge_SaysTheLimit()
    {
        var problem = Assert.Single(Read("name: Ada\n#" + new string('x', 256 * 1024)).Problems);

        Assert.Contains("256 KiB", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_DirectoryInPlaceOfAFile_IsAProblemOfThatFile()
    {
        Directory.CreateDirectory(_folder.PathOf(BotPath));

        var problem = Assert.Single(new BotFileReader(_folder.Root, new ConfigFiles()).Read(BotPath).Problems);

        Assert.Contains("cannot be read", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_AliasesThatExpandWithoutEnd_AreStopped()
    {
        var bomb = new StringBuilder("name: Ada\ncontinuation_model: m\na0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]\n");
        for (var i = 1; i < 12; i++)
        {
            bomb.Append(System.Globalization.CultureInfo.InvariantCulture, $"a{i}: &a{i} [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 9))}]\n");
        }

        var problem = Assert.Single(Read(bomb.ToString()).Problems);

        Assert.Contains("expand", problem.Message, StringComparison.Ordinal);
        Assert.InRange(problem.Line ?? 0, 4, 14);
    }

    [Fact]
    public void Read_NestedWithoutEnd_IsStopped()
    {
        var problem = Assert.Single(Read("name: Ada\nx: " + new string('[', 50_000)).Problems);

        Assert.Contains("nested deeper", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_AnchorsAndMerges_AreFollowed()
    {
        var reading = Read("name: Ada\ncontinuation_model: m\nplugin_config:\n  one: &base {a: 1, b: 2}\n  two:\n    <<: *base\n    b: 3");

        Assert.Empty(reading.Problems);
        Assert.Equal("""{"b":3,"a":1}""", reading.Definition?.PluginConfig["two"].GetRawText());
    }

    private BotFileReading Read(string yaml)
    {
        _folder.Write(BotPath, yaml);
        return new BotFileReader(_folder.Root, new ConfigFiles()).Read(BotPath);
    }
}
