using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Platform.Contracts;
using Platform.Contracts.Conversations;
using Platform.Tests.Deployment;
using static Microsoft.Playwright.Assertions;

namespace Platform.Tests.AppHost;

/// <summary><c>./run</c> as a newcomer uses it, without containers unless a test says otherwise.</summary>
[Collection(AppHostCollection.Name)]
[Trait("Category", "AppHost")]
[Trait("Category", "Browser")]
public sealed partial class RunScriptTests(Browser browser) : IAsyncDisposable
{
    private static readonly TimeSpan StartPatience = TimeSpan.FromMinutes(5);

    private readonly DirectoryInfo _data = DataFolder.Create();
    private readonly Dictionary<string, string?> _settings = new()
    {
        ["API_PORT"] = FreePort.Next().ToString(),
        ["WEB_PORT"] = FreePort.Next().ToString(),
        ["ASPIRE_PORT"] = FreePort.Next().ToString(),
        ["PLATFORM_CONTAINERS"] = "false",
    };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await RunAsync("stop");
        _data.Delete(recursive: true);
    }

    [Fact]
    public async Task Run_HostKilledThenAppHostKilled_RestartsTheOneAndLeavesNothingOfTheOther()
    {
        Assert.SkipWhen(ProgramFinder.Find("redis-server") is null, "redis-server is not installed.");

        var start = await RunAsync("--detach");
        Assert.True(start.ExitCode == 0, start.Output);
        Assert.Equal(0, (await RunAsync("status")).ExitCode);
        await AskAsync();
        await SeeAspireDashboardAsync(LoginAddress().Match(start.Output).Value);
        Assert.DoesNotContain("Request starting", Log(), StringComparison.Ordinal);
        Assert.DoesNotContain("\u001b[", Log(), StringComparison.Ordinal);

        var api = Assert.Single(Members(), process => process.ProcessName == "Api");
        api.Kill();
        await Eventually.TrueAsync(
            () => Members().Any(process => process.ProcessName == "Api" && process.Id != api.Id) && Log().Contains("exit code 137; restarting", StringComparison.Ordinal),
            StartPatience,
            "the killed Api is restarted, and the log says so");

        await KillAppHostAsync();
        var stop = await RunAsync("stop");

        Assert.Contains("its remaining processes are stopped", stop.Output, StringComparison.Ordinal);
        Assert.Empty(Members());
        Assert.DoesNotContain(Process.GetProcesses(), process => CommandLine(process).Contains(_data.FullName, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Stop_AppHostKilledWithContainers_RemovesTheContainers()
    {
        var missing = await DockerEngine.WhyMissingAsync();
        Assert.SkipWhen(missing is not null, missing ?? "");
        _settings["PLATFORM_CONTAINERS"] = "true";
        string[] volumes = [];
        try
        {
            var start = await RunAsync("--detach");
            Assert.True(start.ExitCode == 0, start.Output);
            volumes = await File.ReadAllLinesAsync(Path.Combine(_data.FullName, "container-volumes"), Token);
            Assert.NotEmpty(await ContainersAsync(volumes));

            await KillAppHostAsync();
            await RunAsync("stop");

            Assert.Empty(await ContainersAsync(volumes));
            Assert.Empty(Members());
        }
        finally
        {
            await RunAsync("stop");
            foreach (var container in await ContainersAsync(volumes))
            {
                await DockerEngine.TryAsync("rm", "--force", container);
            }

            foreach (var volume in volumes)
            {
                await DockerEngine.TryAsync("volume", "rm", volume);
            }
        }
    }

    /// <summary>Ids of the containers that use a volume, stopped ones too.</summary>
    private static async Task<List<string>> ContainersAsync(string[] volumes)
    {
        List<string> containers = [];
        foreach (var volume in volumes)
        {
            var found = await DockerEngine.RunAsync("ps", "--all", "--quiet", "--filter", $"volume={volume}");
            containers.AddRange(found.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        }

        return containers;
    }

    private async Task AskAsync()
    {
        using var client = new HttpClient { BaseAddress = new Uri($"http://localhost:{_settings["API_PORT"]}") };
        using var created = await client.PostAsJsonAsync("/api/v1/conversations", new CreateConversationRequest("maren"), Token);
        var conversation = await created.Content.ReadFromJsonAsync<ConversationResponse>(WireJson.Options, Token);
        using var posted = await client.PostAsJsonAsync($"/api/v1/conversations/{conversation?.Id}/messages", new PostMessageRequest("When does the tide turn?"), Token);
        posted.EnsureSuccessStatusCode();
    }

    /// <summary>Every resource runs, and the answer is a trace; both as pictures in artifacts/screenshots.</summary>
    private async Task SeeAspireDashboardAsync(string login)
    {
        var page = await browser.NewPageAsync(new Uri(new Uri(login).GetLeftPart(UriPartial.Authority)), Token);
        await page.GotoAsync(login);
        foreach (var resource in new[] { "postgres", "redis", "api", "web" })
        {
            await Expect(page.GetByRole(AriaRole.Row).Filter(new() { HasText = resource }).Filter(new() { HasText = "Running" }).First).ToBeVisibleAsync();
        }

        await page.ScreenshotAsync(new PageScreenshotOptions { Path = Repository.PathOf("artifacts", "screenshots", "aspire-resources.png") });
        await page.GotoAsync("/traces");
        await page.GetByText("/messages").First.ClickAsync();
        foreach (var span in new[] { "activation", "build context", "chat rehearsal", "complete" })
        {
            await Expect(page.GetByText(span).First).ToBeVisibleAsync();
        }

        await page.ScreenshotAsync(new PageScreenshotOptions { Path = Repository.PathOf("artifacts", "screenshots", "aspire-trace.png") });
        await page.Context.CloseAsync();
    }

    private async Task<(int ExitCode, string Output)> RunAsync(string verb)
    {
        await using var script = ChildProcess.Start($"run {verb}", Repository.PathOf("run"), [verb, "--data", _data.FullName], _settings);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Token);
        patience.CancelAfter(StartPatience);
        await script.WaitForExitAsync(patience.Token);
        return (script.ExitCode, script.Output);
    }

    /// <summary>A killed process of many threads lives on for some milliseconds, in which <c>./run stop</c> would stop it gracefully.</summary>
    private async Task KillAppHostAsync()
    {
        using var appHost = Process.GetProcessById(int.Parse(State()[0]));
        appHost.Kill();
        await appHost.WaitForExitAsync(Token);
    }

    private string[] State() => File.ReadAllText(Path.Combine(_data.FullName, "launcher", "state")).Split(' ', '\n');

    private string Log() => File.ReadAllText(Path.Combine(_data.FullName, "launcher", "platform.log"));

    /// <summary>The hosts of this run, told by their environment.</summary>
    private List<Process> Members()
    {
        List<Process> members = [];
        foreach (var process in Process.GetProcesses().Where(process => process.ProcessName is "Api" or "Worker" or "Web"))
        {
            try
            {
                if (File.ReadAllText($"/proc/{process.Id}/environ").Contains($"PLATFORM_DATA_DIR={_data.FullName}\0", StringComparison.Ordinal))
                {
                    members.Add(process);
                }
            }
            catch (IOException)
            {
                // It has just ended.
            }
        }

        return members;
    }

    private static string CommandLine(Process process)
    {
        try
        {
            return File.ReadAllText($"/proc/{process.Id}/cmdline");
        }
        catch (IOException)
        {
            return "";
        }
    }

    [GeneratedRegex(@"http://localhost:\d+/login\?t=\w+")]
    private static partial Regex LoginAddress();
}
