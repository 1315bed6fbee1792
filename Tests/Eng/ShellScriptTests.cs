namespace Platform.Tests.Eng;

public sealed class ShellScriptTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string> Scripts => [.. Find().Select(path => Path.GetRelativePath(Repository.Root, path)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Scripts))]
    public async Task Script_Checked_IsClean(string script)
    {
        var shellcheck = ProgramFinder.Find("shellcheck");
        Assert.SkipWhen(shellcheck is null, "shellcheck is not installed.");

        await using var check = ChildProcess.Start("shellcheck", shellcheck, ["--external-sources", script], workingDirectory: Repository.Root);
        await check.WaitForExitAsync(Cancellation);

        Assert.True(check.ExitCode == 0, check.Output);
    }

    [Fact]
    public void Scripts_Searched_HoldTheMainOnes() =>
        Assert.Subset(Scripts.Select(row => row.Data).ToHashSet(), new HashSet<string> { "run", "test", ".ci/run", "eng/scripts/machine.sh" });

    // By their first line or their name, in every folder that is not built or fetched.
    private static IEnumerable<string> Find()
    {
        string[] top = [Repository.Root, Repository.PathOf(".ci")];
        string[] deep = [Repository.PathOf("eng"), Repository.PathOf("deploy")];
        return top.SelectMany(folder => Directory.EnumerateFiles(folder))
            .Concat(deep.Where(Directory.Exists).SelectMany(folder => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)))
            .Where(IsShellScript);
    }

    private static bool IsShellScript(string path)
    {
        if (path.EndsWith(".sh", StringComparison.Ordinal))
        {
            return true;
        }

        var first = Path.HasExtension(path) ? "" : File.ReadLines(path).FirstOrDefault() ?? "";
        return first.StartsWith("#!", StringComparison.Ordinal) && (first.EndsWith("bash", StringComparison.Ordinal) || first.EndsWith("sh", StringComparison.Ordinal));
    }
}
