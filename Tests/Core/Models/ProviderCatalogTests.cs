using Platform.Core.Models.Providers;

namespace Platform.Tests.Core.Models;

public sealed class ProviderCatalogTests
{
    [Fact]
    public async Task Providers_OurSpelling_AreRead()
    {
        await using var models = ModelsHost.Create(
            sharedYaml: "providers:\n  openai:\n    api_key: sk-file\n  openrouter:\n    api_key: ${MY_ROUTER_KEY}\n  ollama:\n    api_base: http://localhost:11434/v1/\n",
            settings: ("MY_ROUTER_KEY", "sk-or-env"));

        Assert.Empty(models.Catalog.Problems);
        Assert.Equal(
            [("openai", "https://api.openai.com/v1", "sk-file"), ("openrouter", "https://openrouter.ai/api/v1", "sk-or-env"), ("ollama", "http://localhost:11434/v1", null)],
            models.Catalog.Providers.Select(provider => (provider.Name, provider.ApiBase?.ToString(), provider.ApiKey)));
    }

    [Fact]
    public async Task Providers_ChapterXSpelling_AreRead()
    {
        await using var models = ModelsHost.Create(sharedYaml:
            """
            vendors:
              openai:
                config:
                  openai_api_key: sk-vendor
                  apiBase: https://proxy.example/v1
                provides: ["gpt-*", "my-*-model"]
              anthropic:
                config: { anthropicApiKey: sk-ant }
                provides: ["claude-*"]
            """);

        Assert.Equal(
            [("openai", "https://proxy.example/v1", "sk-vendor", "openai"), ("anthropic", "https://api.anthropic.com/", "sk-ant", "anthropic")],
            models.Catalog.Providers.Select(provider => (provider.Name, provider.ApiBase?.ToString(), provider.ApiKey, provider.Protocol)));
        Assert.Equal(new ModelRoute("openai", "my-own-model", false), models.Pipeline.Resolve("my-own-model"));
    }

    [Fact]
    public async Task Providers_EnvironmentAlone_IsEnough()
    {
        await using var models = ModelsHost.Create(
            settings: [("OPENAI_API_KEY", "sk-1"), ("OPENAI_API_BASE", "http://box:8000/v1"), ("OPENROUTER_API_KEY", " "), ("ANTHROPIC_API_KEY", "")]);

        var provider = Assert.Single(models.Catalog.Providers);
        Assert.Equal(("openai", "http://box:8000/v1", true), (provider.Name, provider.ApiBase?.ToString(), provider.HasKey));
        Assert.DoesNotContain("sk-1", provider.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Providers_KeyReferenceWithoutValue_IsNoProvider()
    {
        await using var models = ModelsHost.Create(sharedYaml: "providers:\n  openai:\n    api_key: ${MY_KEY}\n");

        Assert.Empty(models.Catalog.Providers);
        Assert.Empty(models.Catalog.Problems);
        Assert.Contains("set MY_KEY to use openai", models.Catalog.Choose("gpt-4o").Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sk-\u2018secret\u2019", "its character 4 is U+2018, which is not ASCII")]
    [InlineData("sk-\u00e9secret", "its character 4 is U+00E9, which is not ASCII")]
    [InlineData("\U0001F511sk-secret", "its character 1 is U+1F511, which is not ASCII")]
    [InlineData("sk-\u200bsecret", "its character 4 is U+200B, which is not ASCII")]
    [InlineData("sk-sec\nret", "its character 7 is a line break")]
    [InlineData("sk-sec\u0001ret", "its character 7 is the control character U+0001")]
    [InlineData("sk-sec\u007fret", "its character 7 is the control character U+007F")]
    public async Task Choose_KeyThatNoHeaderCarries_NamesSettingAndCharacterButNotTheKey(string key, string what)
    {
        await using var models = ModelsHost.Create(
            sharedYaml: "providers:\n  box:\n    api_base: http://127.0.0.1:1/v1\n    api_key: ${BOX_KEY}\n", settings: [("BOX_KEY", key), ("OPENROUTER_API_KEY", key)]);

        var (result, _) = await models.Pipeline.RunAsync(Calls.Ask("box/small", "Hello?"));
        var (routed, _) = await models.Pipeline.RunAsync(Calls.Ask("mistralai/small", "Hello?"));

        Assert.Equal("no_provider", result.Error?.Code);
        Assert.StartsWith($"The key in BOX_KEY cannot be sent: {what}", result.Error?.Message, StringComparison.Ordinal);
        Assert.StartsWith($"The key in OPENROUTER_API_KEY cannot be sent: {what}", routed.Error?.Message, StringComparison.Ordinal);
        Assert.Contains(models.Catalog.Problems, problem => problem.Line == 2 && problem.Message.Contains("BOX_KEY", StringComparison.Ordinal));
        Assert.All([result.Error?.Message, models.Log], text => Assert.DoesNotContain("secret", text, StringComparison.Ordinal));
        Assert.DoesNotContain("sec\n", models.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Providers_KeyInTheFileThatNoHeaderCarries_IsNamedByItsPlace()
    {
        await using var models = ModelsHost.Create(sharedYaml: "providers:\n  openai:\n    api_key: \"sk-\u201cx\u201d\"\n");

        Assert.StartsWith("The key in providers.openai.api_key cannot be sent", models.Catalog.Choose("gpt-4o").Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Providers_KeyThatNoHeaderCarriesIsAddedLater_HoldsNothingElseBack()
    {
        await using var models = ModelsHost.Create(sharedYaml: "providers:\n  one:\n    api_base: http://one/v1\n", settings: ("BOX_KEY", "sk-\u201cx\u201d"));
        Assert.Single(models.Catalog.Providers);

        models.WriteShared("providers:\n  box:\n    api_base: http://box/v1\n    api_key: ${BOX_KEY}\n  two:\n    api_base: http://two/v1\n");

        await Eventually.TrueAsync(() => models.Catalog.Providers.Count == 2, TimeSpan.FromSeconds(20), "the edit counts");
        Assert.StartsWith("The key in BOX_KEY cannot be sent", models.Catalog.Choose("box/small").Reason, StringComparison.Ordinal);
        Assert.Equal("two", models.Catalog.Choose("two/small").Provider?.Name);
    }

    [Theory]
    [InlineData("gpt-4o", "openai", "gpt-4o")]
    [InlineData("o3-mini", "openai", "o3-mini")]
    [InlineData("openai/gpt-4o", "openai", "gpt-4o")]
    [InlineData("OpenRouter/mistralai/mistral-small", "openrouter", "mistralai/mistral-small")]
    [InlineData("mistralai/mistral-small", "openrouter", "mistralai/mistral-small")]
    [InlineData("llama3.2:8b", "ollama", "llama3.2:8b")]
    [InlineData("claude-sonnet-4-5", null, "claude-sonnet-4-5")]
    [InlineData("unheard-of", null, "unheard-of")]
    public async Task Choose_SeveralProviders_FollowsTheRules(string model, string? provider, string name)
    {
        await using var models = ModelsHost.Create(
            sharedYaml: "providers:\n  ollama:\n    api_base: http://localhost:11434/v1\n    provides: ['llama*']\n",
            settings: [("OPENAI_API_KEY", "sk-1"), ("OPENROUTER_API_KEY", "sk-2"), ("ANTHROPIC_API_KEY", "sk-3")]);

        var choice = models.Catalog.Choose(model);

        Assert.Equal((provider, name), (choice.Provider?.Name, choice.Model));
        Assert.Equal(provider is null, choice.Reason is not null);
    }

    [Theory]
    [InlineData("gpt-4o-mini", "openai/gpt-4o-mini")]
    [InlineData("claude-sonnet-4-5", "anthropic/claude-sonnet-4-5")]
    public async Task Choose_OnlyOpenRouter_ServesTheFamiliesUnderItsNames(string model, string name)
    {
        await using var models = ModelsHost.Create(settings: ("OPENROUTER_API_KEY", "sk-or"));

        var choice = models.Catalog.Choose(model);

        Assert.Equal(("openrouter", name), (choice.Provider?.Name, choice.Model));
    }

    [Fact]
    public async Task Choose_OnlyALocalServer_ServesAnyName()
    {
        await using var models = ModelsHost.Create(sharedYaml: "providers:\n  ollama:\n    api_base: http://localhost:11434/v1\n");

        Assert.Equal("ollama", models.Catalog.Choose("llama3.2").Provider?.Name);
        Assert.Equal("ollama", models.Catalog.Choose("hf.co/someone/model").Provider?.Name);
    }

    [Fact]
    public async Task Choose_OnlyAnthropic_SaysThatItComesLater()
    {
        await using var models = ModelsHost.Create(settings: ("ANTHROPIC_API_KEY", "sk-ant"));

        var choice = models.Catalog.Choose("claude-sonnet-4-5");

        Assert.Null(choice.Provider);
        Assert.Contains("does not support yet", choice.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("providers:\n  mine:\n    api_key: sk-secret\n", 2, "providers.mine", "api_base is needed")]
    [InlineData("providers:\n\n  mine:\n    api_base: https://user:sk-secret@host/v1\n", 3, "providers.mine", "without user name")]
    [InlineData("providers:\n  mine:\n    api_base: [1]\n    api_key: sk-secret\n", 3, "providers.mine.api_base", "wrong type")]
    [InlineData("providers:\n  mine: sk-secret\n", 2, "providers.mine", "must be a mapping")]
    [InlineData("providers: sk-secret\n", 1, "providers", "must be a mapping")]
    [InlineData("providers:\n  mine:\n    api_key: \"sk-secret\n", 3, "", "not valid YAML")]
    public async Task Problems_WrongFile_NameLineKeyAndRemedyButNoSecret(string yaml, int line, string key, string message)
    {
        await using var models = ModelsHost.Create(sharedYaml: yaml);

        var problem = Assert.Single(models.Catalog.Problems);

        Assert.Equal((models.SharedPath, key), (problem.File, problem.Key ?? ""));
        Assert.InRange(problem.Line ?? 0, line, line + 1);
        Assert.True(problem.Column > 0);
        Assert.NotEmpty(problem.Remedy);
        Assert.Contains(message, problem.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("sk-secret", problem + models.Log, StringComparison.Ordinal);
        Assert.Contains($"Provider settings: {models.SharedPath}", models.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Providers_FileChanges_AreTakenUpAndABrokenEditIsNot()
    {
        await using var models = ModelsHost.Create(sharedYaml: "providers:\n  one:\n    api_base: http://one/v1\n");
        Assert.Equal(["one"], Names());

        models.WriteShared("providers:\n  two:\n    api_base: http://two/v1\n");
        await Eventually.TrueAsync(() => Names() is ["two"], TimeSpan.FromSeconds(20), "the edit counts");

        models.WriteShared("providers:\n  two:\n    api_base: http://two/v1\n  three:\n    api_key: x\n");
        await Eventually.TrueAsync(() => models.Catalog.Problems.Count == 1, TimeSpan.FromSeconds(20), "the broken edit is reported");
        Assert.Equal(["two"], Names());

        File.Delete(models.SharedPath);
        await Eventually.TrueAsync(() => models.Catalog.Problems is [{ Message: "The file is missing; its last valid version is used until it is back." }], TimeSpan.FromSeconds(20), "the loss is reported");
        Assert.Equal(["two"], Names());

        models.WriteShared("providers:\n  four:\n    api_base: http://four/v1\n");
        await Eventually.TrueAsync(() => Names() is ["four"] && models.Catalog.Problems.Count == 0, TimeSpan.FromSeconds(20), "the mended file counts");

        List<string> Names() => [.. models.Catalog.Providers.Select(provider => provider.Name)];
    }
}
