namespace Platform.Tests.Eng.Probe;

[Trait("Category", "Slow")]
public sealed class RegistryProbeTests : IDisposable
{
    private readonly ProbeFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Ask_FeedWithoutThePackages_AnswersStandIns()
    {
        _folder.UseSources(_folder.PathOf("feed"));

        var (exitCode, output) = await _folder.AskAsync();

        Assert.True(exitCode == 0, output);
        Assert.Equal("true", _folder.Answer);
        Assert.Contains("Registry: it lacks Aspire.Hosting.AppHost,", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ask_OnePackageInAnotherVersion_AnswersStandIns()
    {
        AddAllPackages(except: "Aspire.Hosting.Redis");
        _folder.AddPackage("Aspire.Hosting.Redis", "99.0.0");
        _folder.UseSources(_folder.PathOf("feed"));

        var (exitCode, output) = await _folder.AskAsync();

        Assert.True(exitCode == 0, output);
        Assert.Equal("true", _folder.Answer);
        Assert.Contains("Registry: it lacks Aspire.Hosting.Redis;", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Restore_FeedAddedToTheConfiguration_SwitchesToTheRealPackages()
    {
        _folder.AddPackage("Microsoft.CodeAnalysis.BannedApiAnalyzers");
        _folder.UseSources(_folder.PathOf("feed"));
        await _folder.AskAsync();
        Assert.Equal("true", _folder.Answer);

        AddAllPackages();
        _folder.UseSources(_folder.PathOf("feed"), _folder.PathOf("eng"));
        var (exitCode, output) = await _folder.DotnetAsync("restore", _folder.PathOf("Sample", "Sample.csproj"));

        Assert.True(exitCode == 0, output);
        Assert.Equal("false", _folder.Answer);
        var assets = await File.ReadAllTextAsync(_folder.PathOf("artifacts", "obj", "Sample", "project.assets.json"), TestContext.Current.CancellationToken);
        Assert.Contains("\"aspire.hosting.redis/", assets, StringComparison.Ordinal);
        Assert.DoesNotContain("eng/standins", assets, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ask_FeedThatDoesNotAnswer_FailsAndDecidesNothing()
    {
        _folder.UseSources($"http://127.0.0.1:{FreePort.Next()}/index.json");

        var (exitCode, output) = await _folder.AskAsync();

        Assert.NotEqual(0, exitCode);
        Assert.Contains("The registry could not be asked", output, StringComparison.Ordinal);
        Assert.Null(_folder.Answer);
    }

    [Fact]
    public async Task Ask_DecidedByHand_AsksNobody()
    {
        _folder.UseSources($"http://127.0.0.1:{FreePort.Next()}/index.json");

        var (exitCode, output) = await _folder.AskAsync("-p:UseStandIns=true");

        Assert.True(exitCode == 0, output);
        Assert.Null(_folder.Answer);
    }

    [Fact]
    public async Task Ask_TwoAtOnce_OneAsksAndBothFindTheAnswer()
    {
        _folder.UseSources(_folder.PathOf("feed"));

        var answers = await Task.WhenAll(_folder.AskAsync(), _folder.AskAsync());

        Assert.All(answers, answer => Assert.True(answer.ExitCode == 0, answer.Output));
        Assert.Single(answers, answer => answer.Output.Contains("Registry: it lacks", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Evaluate_InAnIdeWithoutAnAnswer_TakesTheRealPackages()
    {
        var (exitCode, output) = await _folder.DotnetAsync("msbuild", _folder.PathOf("Sample", "Sample.csproj"), "-getProperty:UseStandIns", "-p:DesignTimeBuild=true");

        Assert.True(exitCode == 0, output);
        Assert.Equal("false", output.Trim());
    }

    private void AddAllPackages(string? except = null)
    {
        foreach (var id in ProbeFolder.StandIns.Where(id => id != except))
        {
            _folder.AddPackage(id);
        }
    }
}
