using Platform.Tests.Compose.Output;

namespace Platform.Tests.Compose.Gate;

/// <summary>What others say of the committed compose files: dclint from npm (its version is in the files beside this one), and Docker Compose itself.</summary>
public sealed class ComposeGateTests
{
    private static readonly NpmPackage Linter = new("dclint", "Compose", "Gate");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> Files => EnvironmentTests.Files;

    [Fact]
    public void Files_Compared_AreAllThereAre() =>
        Assert.Equal(
            Directory.EnumerateFiles(Repository.PathOf("deploy", "compose")).Concat(Directory.EnumerateFiles(Repository.Root, "docker-compose*"))
                .Select(path => Path.GetRelativePath(Repository.Root, path)).Order(StringComparer.Ordinal),
            Files.Select(row => row.Data).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Dclint_OfCommittedFile_FindsNothing(string file)
    {
        var program = Path.Combine(await Linter.FolderAsync(Token), "bin", "dclint.cjs");

        await using var lint = ChildProcess.Start(
            "dclint", ProgramFinder.Require("node", "nodejs"), [program, "--max-warnings", "0", "--no-color", file], workingDirectory: Repository.Root);
        await lint.WaitForExitAsync(Token);

        Assert.True(lint.ExitCode == 0 && string.IsNullOrWhiteSpace(lint.Output), lint.Output);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public async Task DockerComposeConfig_OfCommittedFile_HasNoComplaint(string file)
    {
        var docker = ProgramFinder.Find("docker");
        Assert.SkipWhen(docker is null || !(await RunAsync(docker, ["compose", "version"], "")).Succeeded, "docker compose is not installed.");

        // Also with the optional services; without an .env, and with the one that a newcomer copies.
        foreach (var (profiles, variables) in ((string, string)[])[("", "/dev/null"), ("caddy,dashboard", "/dev/null"), ("caddy,dashboard", ".env.example")])
        {
            var (succeeded, output) = await RunAsync(docker ?? "", ["compose", "--env-file", variables, "--file", file, "config", "--quiet"], profiles);

            Assert.True(succeeded && output.Length == 0, $"With {variables} and the profiles '{profiles}': {output}");
        }
    }

    private static async Task<(bool Succeeded, string Output)> RunAsync(string docker, string[] arguments, string profiles)
    {
        Dictionary<string, string?> environment = new() { ["COMPOSE_PROFILES"] = profiles };
        await using var compose = ChildProcess.Start("docker compose", docker, arguments, environment, Repository.Root);
        await compose.WaitForExitAsync(Token);
        return (compose.ExitCode == 0, compose.Output);
    }
}
