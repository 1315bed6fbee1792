using System.Net;
using Microsoft.Playwright;

namespace Platform.Tests.Deployment;

/// <summary>Aspire's dashboard beside an environment: off until asked for, behind a token and a key, and it shows what an answer did.</summary>
[Collection(DeploymentCollection.Name)]
[Trait("Category", "Deployment")]
public sealed class DashboardTests(DeploymentMachine machine, Browser browser)
{
    private const int Port = 18889;
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT=http://dashboard:18889";

    // A request of OTLP over HTTP, from the Api's network.
    private const string Send = """
        exec 3<>/dev/tcp/dashboard/18890
        printf 'POST /v1/traces HTTP/1.1\r\nHost: dashboard\r\nContent-Type: application/x-protobuf\r\n%sContent-Length: 0\r\nConnection: close\r\n\r\n' "$0" >&3
        read -r line <&3
        printf '%s' "$line"
        """;

    private static readonly Uri Address = new($"http://127.0.0.1:{Port}");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Dashboard_OnThenOff_RunsBehindTokenAndKeyAndIsGone()
    {
        await RequireAsync();
        Assert.DoesNotContain(Endpoint, await EnvironmentOfApiAsync(), StringComparison.Ordinal);

        var on = await machine.PlatformAsync("dashboard", "staging", "on");

        Assert.True(on.ExitCode == 0, on.Output);
        Assert.EndsWith($"http://127.0.0.1:{Port}/login?t={SecretOf("dashboard-token")}", on.Output, StringComparison.Ordinal);
        Assert.Contains(Endpoint, await EnvironmentOfApiAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain(SecretOf("otlp-api-key"), await EnvironmentOfApiAsync(), StringComparison.Ordinal);
        Assert.Equal(
            "true [ALL] [no-new-privileges:true] false 402653184",
            await DockerEngine.InspectAsync(Container, "{{.HostConfig.ReadonlyRootfs}} {{.HostConfig.CapDrop}} {{.HostConfig.SecurityOpt}} {{.HostConfig.Privileged}} {{.HostConfig.Memory}}"));
        Assert.Equal($"18888/tcp -> 127.0.0.1:{Port}", await DockerEngine.RunAsync("port", Container));
        Assert.Equal("/login", await LocationOfPagesAsync());
        Assert.Contains(" 401 ", await SendAsync(""), StringComparison.Ordinal);
        Assert.Contains(" 401 ", await SendAsync("x-otlp-api-key: wrong\r\n"), StringComparison.Ordinal);
        Assert.Contains(" 200 ", await SendAsync($"{(await File.ReadAllTextAsync(PathOf("otlp-headers"), Token)).Replace("=", ": ", StringComparison.Ordinal)}\r\n"), StringComparison.Ordinal);

        var off = await machine.PlatformAsync("dashboard", "staging", "off");

        Assert.True(off.ExitCode == 0, off.Output);
        Assert.NotEqual(0, (await DockerEngine.TryAsync("inspect", Container)).Code);
        Assert.DoesNotContain(Endpoint, await EnvironmentOfApiAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Dashboard_AfterAnAnswer_ShowsItsTraceFromApiToWorker()
    {
        await RequireAsync();
        var page = await browser.NewPageAsync(Address, Token);
        var on = await machine.PlatformAsync("dashboard", "staging", "on");
        Assert.True(on.ExitCode == 0, on.Output);

        await machine.Staging.AskAsync("What is in the dashboard?");
        await page.GotoAsync($"/login?t={SecretOf("dashboard-token")}");
        await page.WaitForURLAsync("**/structuredlogs");
        await page.GotoAsync("/traces/resource/api");
        await page.GetByRole(AriaRole.Row).Filter(new LocatorFilterOptions { HasText = "/messages" }).Filter(new LocatorFilterOptions { HasText = "worker (" }).First.WaitForAsync();
        await page.ScreenshotAsync(new PageScreenshotOptions { Path = Repository.PathOf("artifacts", "screenshots", "aspire-dashboard-server.png") });

        var off = await machine.PlatformAsync("dashboard", "staging", "off");
        Assert.True(off.ExitCode == 0, off.Output);
    }

    private string Container => machine.Staging.Container("dashboard");

    /// <summary>As the others, and where the dashboard's image is or can be had.</summary>
    private async Task RequireAsync()
    {
        await machine.RequireAsync();
        var image = (await File.ReadAllLinesAsync(Repository.PathOf("docker-compose.staging.yml"), Token)).Single(line => line.Contains("aspire-dashboard:", StringComparison.Ordinal)).Split("image:")[1].Trim();
        if ((await DockerEngine.TryAsync("image", "inspect", image)).Code != 0)
        {
            var (code, output) = await DockerEngine.TryAsync("pull", "--quiet", image);
            Assert.SkipWhen(code != 0, $"{image} is not here and cannot be had: {output}");
        }
    }

    private string PathOf(string secret) => Path.Combine(machine.Folder, "deploy", "secrets", "staging", secret);

    private string SecretOf(string name) => File.ReadAllText(PathOf(name));

    private Task<string> EnvironmentOfApiAsync() => DockerEngine.InspectAsync(machine.Staging.Container("api"), "{{range .Config.Env}}{{println .}}{{end}}");

    private async Task<string> SendAsync(string header) => (await machine.Staging.BesideAsync("api", Send, header)).Output;

    /// <summary>Where somebody without the token is sent who asks for a page.</summary>
    private static async Task<string?> LocationOfPagesAsync()
    {
        using var client = new HttpClient { BaseAddress = Address };
        using var response = await client.GetAsync("/traces", Token);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return response.RequestMessage?.RequestUri?.AbsolutePath;
    }
}
