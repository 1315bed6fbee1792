using Platform.Core.Bots;
using Platform.Core.Models.Providers;
using Platform.Core.Yaml;
using Platform.Tests.Core.Bots;

namespace Platform.Tests.Core.Yaml;

public sealed class ConfigFilesTests : IDisposable
{
    private readonly TestConfigFolder _folder = new();
    private readonly ConfigFiles _files = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_SameVersionTwice_IsParsedOnce()
    {
        _folder.Write("shared.yaml", "max_tokens: 5\n");
        var first = _files.Read(_folder.Root, "shared.yaml");

        var second = _files.Read(_folder.Root, "shared.yaml");
        _folder.Write("shared.yaml", "max_tokens: 6\n");
        var edited = _files.Read(_folder.Root, "shared.yaml");

        Assert.Same(first, second);
        Assert.NotSame(first, edited);
    }

    [Fact]
    public void Read_SharedFile_ServesBotsAndProviders()
    {
        _folder.Write("shared.yaml", "vendors:\n  local: {config: {apiBase: 'http://box/v1'}}\ndefaults:\n  continuationModel: m\n");
        _folder.Write("bots/ada.yaml", "name: Ada\n");

        var bots = new BotCatalogue(_folder.Root, _files).Read();
        var providers = new ProviderFile("/shared.yaml", _files.Read(_folder.Root, "shared.yaml"));

        Assert.Equal("m", Assert.Single(bots.BotFiles).Definition?.ContinuationModel);
        Assert.Equal(("local", "vendors.local", "http://box/v1"), Assert.Single(providers.Entries) is var entry ? (entry.Name, entry.Key, entry.ApiBase) : default);
        Assert.Empty(providers.Problems);
    }

    [Theory]
    [InlineData("providers:\n  mine:\n    api_key: *sk-hush\n", 3, 14)]
    [InlineData("providers:\n  mine:\n    api_key: 'sk-hush\n", 3, 14)]
    [InlineData("providers:\n  mine:\n    api_key: sk-hush\n    api_key: sk-hush\n", 4, 5)]
    [InlineData("providers: [sk-hush", 1, 12)]
    public void Read_NotUnderstood_NamesLineAndColumnButNoValue(string yaml, int line, int column)
    {
        _folder.Write("shared.yaml", yaml);

        var problem = Assert.Single(_files.Read(_folder.Root, "shared.yaml").Problems);

        Assert.Equal(("shared.yaml", line), (problem.File, problem.Line));
        Assert.True(problem.Column > 0, $"column {problem.Column}, at best {column}");
        Assert.NotEmpty(problem.Remedy);
        Assert.DoesNotContain("hush", problem.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, true, false)]
    [InlineData("# nothing yet\n", false, true)]
    [InlineData("a: b\n", false, false)]
    public void Read_AbsentOrEmpty_IsNoProblem(string? yaml, bool isAbsent, bool isEmpty)
    {
        if (yaml is not null)
        {
            _folder.Write("shared.yaml", yaml);
        }

        var document = _files.Read(_folder.Root, "shared.yaml");

        Assert.Equal((isAbsent, isEmpty), (document.IsAbsent, document.IsEmpty));
        Assert.Empty(document.Problems);
    }
}
