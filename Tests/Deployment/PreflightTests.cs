using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Platform.ServiceDefaults.Settings;

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
    [InlineData("STAGING_API_PROT=8081", "unknown setting STAGING_API_PROT")]
    [InlineData("STAGING_API_PORT: 8081", "is not NAME=value")]
    public async Task Deploy_EnvFileIsWrong_NamesTheVariable(string line, string expected) => Assert.Contains(expected, await DeployAsync(line), StringComparison.Ordinal);

    [Theory]
    [InlineData("OPENROUTER_API_KEY=sk-1", "Put its value into the file deploy/secrets/staging/openrouter-api-key")]
    [InlineData("AUTH_TOKEN=t-1", "Put its value into the file deploy/secrets/staging/auth-token")]
    [InlineData("Access__JwtSecret=t-1", "Put its value into the file deploy/secrets/staging/jwt-secret")]
    [InlineData("LOGS_DIR=/srv/logs", "LOGS_DIR has no effect; it is called STAGING_LOGS_DIR")]
    [InlineData("log_level=debug", "log_level has no effect; it is called STAGING_LOG_LEVEL")]
    [InlineData("HTTP_TIMEOUT=5", "HTTP_TIMEOUT has no effect here; settings of the services belong in .env.staging")]
    public async Task Deploy_SettingOfAHostInEnv_SaysWhereItBelongs(string line, string expected) => Assert.Contains($".env: {line.Split('=')[0]}", await DeployAsync(line, expected), StringComparison.Ordinal);

    [Theory]
    [InlineData("JWT_SECRET=t-1", "put its value into the file deploy/secrets/staging/jwt-secret and remove the line")]
    [InlineData("Access__ApiKey=t-1", "put its value into the file deploy/secrets/staging/api-key and remove the line")]
    [InlineData("ConnectionStrings__redis=r", "is made from other secrets")]
    [InlineData("ANTHROPIC_API_KEY=sk-2", "is also in the file deploy/secrets/staging/anthropic-api-key")]
    [InlineData("DAILY_TOKEN_CEILING=5", "has no effect; set STAGING_DAILY_TOKEN_CEILING in .env")]
    [InlineData("BACKUPS_DIR=/b", "has no effect; set STAGING_BACKUPS_DIR in .env")]
    [InlineData("DOTNET_GCgen0size=5", "docker-compose.staging.yml sets it")]
    [InlineData("STAGING_BIND=0.0.0.0", "it belongs into .env")]
    [InlineData("HTTP_TIMOUT=5", "HTTP_TIMOUT is not a setting")]
    [InlineData("HTTP_TIMEOUT: 5", "a line that is not NAME=value: HTTP_TIMEOUT")]
    [InlineData("LLM_TIMEOUT=5\r", "Windows line endings")]
    public async Task Deploy_HostSettingWithoutEffect_SaysWhereItBelongs(string line, string expected)
    {
        WriteSecret("staging", "anthropic-api-key", "sk-1");
        await File.WriteAllTextAsync(Path.Combine(_folder, ".env.staging"), line + "\n", TestContext.Current.CancellationToken);

        Assert.DoesNotContain("sk-", await DeployAsync("", expected), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deploy_HostSettingsThatTakeEffect_AreNoFindings()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "config"));
        await File.WriteAllTextAsync(Path.Combine(_folder, "config", "shared.yaml"), "providers: {own: {api_key: \"${OWN_KEY}\"}}", TestContext.Current.CancellationToken);
        WriteSecret("staging", "openai-api-key", "");
        string[] notHere = ["API_KEY", "AUTH_TOKEN", "JWT_SECRET", "CONFIG_PATH", "DAILY_TOKEN_CEILING", "LOG_LEVEL", "LOGS_DIR", "BACKUPS_DIR", "TRUSTED_PROXIES"];
        var names = SettingAliases.All.Select(alias => alias.Name).Except(notHere)
            .Concat(["OWN_KEY", "OPENAI_API_KEY", "OPENAI_API_BASE", "Http__Timeout", "HTTPS_PROXY", "no_proxy", "OTEL_EXPORTER_OTLP_ENDPOINT", "TZ"]);
        await File.WriteAllLinesAsync(Path.Combine(_folder, ".env.staging"), names.Select(name => $"{name}=1"), TestContext.Current.CancellationToken);

        Assert.DoesNotContain(".env.staging", await DeployAsync("COMPOSE_PROFILES=caddy\nPUID=x"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deploy_SecretIsAPlaceholder_NamesItWithoutItsValue()
    {
        WriteSecret("staging", "api-key", "changeme-please");

        var output = await DeployAsync();

        Assert.Contains("deploy/secrets/staging/api-key still has a placeholder value", output, StringComparison.Ordinal);
        Assert.DoesNotContain("changeme-please", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("production", true)]
    [InlineData("staging", false)]
    public async Task Deploy_KeyIsShort_IsRefusedInProductionWithoutShowingIt(string environment, bool isRefused)
    {
        WriteSecret(environment, "api-key", "only-twenty-one-chars");

        // Refused for this too, so that nothing is deployed where an engine runs.
        await File.WriteAllTextAsync(
            Path.Combine(_folder, ".env"),
            await File.ReadAllTextAsync(Path.Combine(_folder, ".env.example"), TestContext.Current.CancellationToken) + "PUID=x\n",
            TestContext.Current.CancellationToken);

        var (exitCode, output) = await PlatformAsync("deploy", environment, "--yes");

        Assert.Equal(1, exitCode);
        Assert.Equal(isRefused, output.Contains("deploy/secrets/production/api-key has 21 characters; production needs at least 32", StringComparison.Ordinal));
        Assert.DoesNotContain("only-twenty-one-chars", output, StringComparison.Ordinal);
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
    [InlineData(1, "'fly'", "fly", "staging")]
    [InlineData(1, "'prod2'", "deploy", "prod2")]
    [InlineData(1, "Which environment?", "deploy")]
    [InlineData(0, "Usage:", "deploy", "--help")]
    public async Task Platform_WordsItDoesNotKnow_SaysSo(int code, string expected, params string[] words)
    {
        var (exitCode, output) = await PlatformAsync(words);

        Assert.Equal(code, exitCode);
        Assert.Contains(expected, output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Unknown command 'frobnicate'.", "frobnicate", "staging")]
    [InlineData("Unknown command 'frobnicate'.", "frobnicate")]
    [InlineData("Unknown environment 'prod': use production or staging.", "version", "prod")]
    [InlineData("staging has not been deployed yet.", "version", "staging")]
    public async Task Platform_CommandThatChangesNothing_LeavesNoFolder(string expected, params string[] words)
    {
        var (exitCode, output) = await PlatformAsync(words);

        Assert.Equal(1, exitCode);
        Assert.Contains(expected, output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(_folder, ".platform")));
    }

    private async Task<string> DeployAsync(string lines, string expected)
    {
        var output = await DeployAsync(lines);
        Assert.Contains(expected, output, StringComparison.Ordinal);
        return output;
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
