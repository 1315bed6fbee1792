using System.Diagnostics;
using System.Net;

namespace Platform.Tests.Deployment;

/// <summary>A deployment as those see it who use production meanwhile.</summary>
[Collection(DeploymentCollection.Name)]
[Trait("Category", "DeploymentLong")]
public sealed class ProxyTests(DeploymentMachine machine)
{
    private const int HttpsPort = 18443;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    [Fact]
    public async Task Deploy_ClientPollsThroughCaddy_SeesNothingWorseThan503WithRetryAfter()
    {
        await machine.RequireAsync();
        var settings = await StartCaddyAsync();
        await machine.ReleaseAsync("polled");
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);

        var proxied = PollAsync(new Uri($"https://localhost:{HttpsPort}/api/v1/bots"), stop.Token);
        var dashboard = PollAsync(new Uri($"https://localhost:{HttpsPort}/login"), stop.Token);
        var direct = PollAsync(new Uri($"http://127.0.0.1:{machine.Production.ApiPort}/api/v1/bots"), stop.Token);
        var deployed = await machine.PlatformAsync("deploy", "production", "polled", "--yes");
        await stop.CancelAsync();
        var (seen, seenByBrowser, seenDirectly) = (await proxied, await dashboard, await direct);
        await File.WriteAllTextAsync(EnvFile, settings, TestContext.Current.CancellationToken);
        await DockerEngine.RunAsync("rm", "--force", machine.Production.Container("caddy"));

        Assert.True(deployed.ExitCode == 0, deployed.Output);
        AssertFine(seen);
        AssertFine(seenByBrowser);
        Report("the Api through Caddy", seen);
        Report("the dashboard through Caddy", seenByBrowser);
        Report("the Api's own port", seenDirectly);
    }

    /// <summary>Whatever happened is an answer, and one that is not 200 says when to ask again.</summary>
    private static void AssertFine(IReadOnlyList<Poll> seen)
    {
        Assert.Contains(seen, poll => poll.Status == HttpStatusCode.OK);
        Assert.All(seen, poll => Assert.True(
            poll.Status == HttpStatusCode.OK || poll is { Status: HttpStatusCode.ServiceUnavailable, RetryAfter: true },
            $"{poll.Status} {poll.Problem} after {poll.Took.TotalSeconds:0.0} s"));
    }

    private static void Report(string what, IReadOnlyList<Poll> seen)
    {
        var refused = seen.Where(poll => poll.Status != HttpStatusCode.OK).ToList();
        var outage = refused.Count == 0 ? TimeSpan.Zero : refused[^1].Ended - refused[0].Began;
        var slowest = seen.Where(poll => poll.Status == HttpStatusCode.OK).Max(poll => poll.Took);
        DeploymentFigures.Add(
            $"deployment, seen at {what}: {seen.Count} requests, {refused.Count} not answered with 200 within {outage.TotalSeconds:0.0} s, the longest wait for an answer {slowest.TotalSeconds:0.0} s");
    }

    private async Task<IReadOnlyList<Poll>> PollAsync(Uri address, CancellationToken stop)
    {
        using var handler = new HttpClientHandler
        {
            // Caddy's own authority, which this machine does not know.
            ServerCertificateCustomValidationCallback = HttpClientHandler.DangerousAcceptAnyServerCertificateValidator,
        };
        using var client = new HttpClient(handler) { Timeout = TimeSpan.FromMinutes(1) };
        client.DefaultRequestHeaders.Add("X-API-Key", await File.ReadAllTextAsync(Path.Combine(machine.Folder, "deploy/secrets/production/api-key"), stop));
        List<Poll> seen = [];
        var clock = Stopwatch.StartNew();
        while (!stop.IsCancellationRequested)
        {
            var began = clock.Elapsed;
            try
            {
                using var response = await client.GetAsync(address, CancellationToken.None);
                seen.Add(new Poll(began, clock.Elapsed, response.StatusCode, response.Headers.RetryAfter is not null, null));
            }
            catch (HttpRequestException exception)
            {
                seen.Add(new Poll(began, clock.Elapsed, null, RetryAfter: false, exception.Message));
            }

            await Task.Delay(Pause, TimeProvider.System, CancellationToken.None);
        }

        return seen;
    }

    private string EnvFile => Path.Combine(machine.Folder, ".env");

    /// <returns>What the settings were before.</returns>
    private async Task<string> StartCaddyAsync()
    {
        var before = await File.ReadAllTextAsync(EnvFile, TestContext.Current.CancellationToken);
        await File.AppendAllTextAsync(
            EnvFile,
            $"\nCOMPOSE_PROFILES=caddy\nPRODUCTION_HTTP_PORT=18080\nPRODUCTION_HTTPS_PORT={HttpsPort}\n",
            TestContext.Current.CancellationToken);
        var up = await machine.PlatformAsync("up", "production");
        Assert.True(up.ExitCode == 0, up.Output);
        return before;
    }

    private sealed record Poll(TimeSpan Began, TimeSpan Ended, HttpStatusCode? Status, bool RetryAfter, string? Problem)
    {
        public TimeSpan Took => Ended - Began;
    }
}
