using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Platform.Tests.Deployment;

/// <summary><c>./platform</c> looks before it changes anything, and names all that it found. Needs no engine.</summary>
public sealed class PreflightTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("platform-preflight-").FullName;

    public PreflightTests()
    {
        foreach (var file in (string[])["platform", ".env.example", "docker-compose.prod.yml", "docker-compose.staging.yml"])
        {
            File.Copy(Repository.PathOf(file), Path.Combine(_folder, file));
        }

        Directory.CreateDirectory(Path.Combine(_folder, "deploy"));
        foreach (var folder in (string[])["scripts", "needs"])
        {
            var target = Directory.CreateDirectory(Path.Combine(_folder, "deploy", folder)).FullName;
            foreach (var file in Directory.GetFiles(Repository.PathOf("deploy", folder)))
            {
                File.Copy(file, Path.Combine(target, Path.GetFileName(file)));
            }
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Deploy_PortIsTaken_NamesPortAndOwner()
    {
        Assert.SkipWhen(ProgramFinder.Find("ss") is null, "ss is not installed here, without which ports are not looked at.");
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;

        var output = await DeployAsync(string.Create(CultureInfo.InvariantCulture, $"STAGING_API_PORT={port}"));

        Assert.Matches($@"Port {port} \(STAGING_API_PORT\) is in use by .*\(process {Environment.ProcessId}\)", output);
    }

    [Theory]
    [InlineData("STAGING_WEB_PORT=", "STAGING_WEB_PORT must be a port")]
    [InlineData("STAGING_DASHBOARD=yes", "STAGING_DASHBOARD must be on or off")]
    [InlineData("PUID=nobody", "PUID must be a number")]
    [InlineData("STAGING_BIND=<address>", "STAGING_BIND still has a placeholder value")]
    [InlineData("STAGING_API_PROT=8081", "nobody reads STAGING_API_PROT")]
    [InlineData("STAGING_API_PORT: 8081", "is not NAME=value")]
    public async Task Deploy_EnvFileIsWrong_NamesTheVariable(string line, string expected) => Assert.Contains(expected, await DeployAsync(line), StringComparison.Ordinal);

    [Fact]
    public async Task Deploy_SecretIsAPlaceholder_NamesItWithoutItsValue()
    {
        WriteSecret("staging", "api-key", "changeme-please");

        var output = await DeployAsync();

        Assert.Contains("deploy/secrets/staging/api-key still has a placeholder value", output, StringComparison.Ordinal);
        Assert.DoesNotContain("changeme-please", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deploy_BothHaveOneDiscordToken_IsRefusedWithoutShowingIt()
    {
        WriteSecret("production", "discord-token", "one-token-for-two");
        WriteSecret("staging", "discord-token", "one-token-for-two");

        var output = await DeployAsync();

        Assert.Contains("production and staging have the same Discord token", output, StringComparison.Ordinal);
        Assert.DoesNotContain("one-token-for-two", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deploy_SeveralThingsAreWrong_NamesAllAndMakesNothing()
    {
        var output = await DeployAsync("PUID=x\nPGID=y\nSTAGING_API_PORT=z");

        Assert.Equal(3, output.Split("must be").Length - 1);
        Assert.False(Directory.Exists(Path.Combine(_folder, "deploy", "secrets")));
    }

    [Theory]
    [InlineData(2, "Usage:")]
    [InlineData(1, "does not know 'fly'", "fly", "staging")]
    [InlineData(1, "There is no environment 'prod2'", "deploy", "prod2")]
    [InlineData(1, "Which environment?", "deploy")]
    [InlineData(0, "Usage:", "deploy", "--help")]
    public async Task Platform_WordsItDoesNotKnow_SaysSo(int code, string expected, params string[] words)
    {
        var (exitCode, output) = await PlatformAsync(words);

        Assert.Equal(code, exitCode);
        Assert.Contains(expected, output, StringComparison.Ordinal);
    }

    private async Task<string> DeployAsync(string lines = "")
    {
        await File.WriteAllTextAsync(
            Path.Combine(_folder, ".env"),
            await File.ReadAllTextAsync(Path.Combine(_folder, ".env.example"), TestContext.Current.CancellationToken) + lines + "\n",
            TestContext.Current.CancellationToken);
        var (exitCode, output) = await PlatformAsync("deploy", "staging");
        Assert.Equal(1, exitCode);
        Assert.Contains("staging cannot be deployed", output, StringComparison.Ordinal);
        return output;
    }

    private async Task<(int ExitCode, string Output)> PlatformAsync(params string[] words)
    {
        await using var process = ChildProcess.Start("platform", Path.Combine(_folder, "platform"), words, workingDirectory: _folder);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, process.Output);
    }

    private void WriteSecret(string environment, string name, string value)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_folder, "deploy", "secrets", environment)).FullName;
        File.WriteAllText(Path.Combine(folder, name), value);
    }
}
