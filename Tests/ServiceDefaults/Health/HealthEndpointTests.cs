using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using Platform.ServiceDefaults.Health;

namespace Platform.Tests.ServiceDefaults.Health;

public class HealthEndpointTests
{
    /// <summary>What issue 2 promises of /ready.</summary>
    private static readonly TimeSpan Promise = TimeSpan.FromSeconds(5);

    private readonly FakeService _postgres = new();
    private readonly FakeService _redis = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Routes_EverythingThere_SayHealthy()
    {
        await using var host = await StartAsync();

        Assert.Equal((HttpStatusCode.OK, """{"status":"alive"}"""), await GetAsync(host, "/alive"));
        Assert.Equal((HttpStatusCode.OK, """{"status":"ok"}"""), await GetAsync(host, "/healthz"));
        Assert.Equal((HttpStatusCode.OK, """{"status":"ready"}"""), await GetAsync(host, "/ready"));
        Assert.Equal((HttpStatusCode.OK, """{"status":"ready"}"""), await GetAsync(host, "/readyz"));
        const string Healthy = """{"status":"healthy","services":{"postgres":"healthy","redis":"healthy"}}""";
        Assert.Equal((HttpStatusCode.OK, Healthy), await GetAsync(host, "/health"));
        Assert.Equal((HttpStatusCode.OK, Healthy), await GetAsync(host, "/api/v1/health"));
    }

    [Fact]
    public async Task Routes_ReadyServiceAway_AreUnavailableAndKeepTheSecret()
    {
        _postgres.IsAway = true;
        await using var host = await StartAsync();

        Assert.Equal((HttpStatusCode.ServiceUnavailable, """{"status":"unavailable"}"""), await GetAsync(host, "/healthz"));
        Assert.Equal((HttpStatusCode.ServiceUnavailable, """{"status":"unavailable"}"""), await GetAsync(host, "/ready"));
        Assert.Equal(
            (HttpStatusCode.ServiceUnavailable, """{"status":"unhealthy","services":{"postgres":"unhealthy","redis":"healthy"}}"""),
            await GetAsync(host, "/health"));
        Assert.Equal(HttpStatusCode.OK, (await GetAsync(host, "/alive")).Status);
        Assert.DoesNotContain(host.Logs.Entries, entry => entry.Message.Contains("hunter2", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Routes_OtherServiceAway_AreDegradedAndStillReady()
    {
        _redis.IsAway = true;
        await using var host = await StartAsync();

        Assert.Equal(HttpStatusCode.OK, (await GetAsync(host, "/ready")).Status);
        Assert.Equal(
            (HttpStatusCode.OK, """{"status":"degraded","services":{"postgres":"healthy","redis":"unhealthy"}}"""),
            await GetAsync(host, "/health"));
    }

    [Fact]
    public async Task Health_CheckWithData_TellsItOnlyWhenThatIsMeant()
    {
        FakeService told = new() { Data = new Dictionary<string, object> { ["age_seconds"] = 7 } };
        FakeService kept = new() { Data = new Dictionary<string, object> { ["password"] = "hunter2" } };
        await using var host = await DefaultsHost.StartAsync(services => services.AddHealthChecks()
            .AddCheck("backups", told, HealthStatus.Degraded, [HealthTags.Public])
            .AddCheck("postgres", kept, tags: [HealthTags.Ready]));

        Assert.Equal(
            (HttpStatusCode.OK, """{"status":"healthy","services":{"backups":"healthy","postgres":"healthy"},"details":{"backups":{"age_seconds":7}}}"""),
            await GetAsync(host, "/health"));
    }

    [Fact]
    public async Task Health_DatabaseAway_StateThatIsStoredThereIsUnknown()
    {
        (_postgres.IsAway, _redis.IsAway) = (true, true);
        await using var host = await DefaultsHost.StartAsync(services => services.AddHealthChecks()
            .AddCheck("postgres", _postgres, tags: [HealthTags.Ready])
            .AddCheck("worker", _redis, HealthStatus.Degraded, [HealthTags.Stored]));

        Assert.Equal(
            (HttpStatusCode.ServiceUnavailable, """{"status":"unhealthy","services":{"postgres":"unhealthy","worker":"unknown"}}"""),
            await GetAsync(host, "/health"));
    }

    [Fact]
    public async Task Health_CheckThatFailsMildly_IsDegraded()
    {
        _redis.IsAway = true;
        await using var host = await DefaultsHost.StartAsync(services => services.AddHealthChecks().AddCheck("backups", _redis, HealthStatus.Degraded, [HealthTags.Public]));

        Assert.Equal((HttpStatusCode.OK, """{"status":"degraded","services":{"backups":"degraded"}}"""), await GetAsync(host, "/health"));
    }

    [Fact]
    public async Task Ready_ServiceBecomesABlackHoleAndRecovers_FollowsWithinThePromise()
    {
        await using var host = await StartAsync();
        Assert.Equal(HttpStatusCode.OK, (await GetAsync(host, "/ready")).Status);

        _postgres.IsBlackHole = true;
        await Eventually.TrueAsync(
            async _ => (await GetAsync(host, "/ready")).Status == HttpStatusCode.ServiceUnavailable, Promise, "/ready notices the black hole");

        _postgres.IsBlackHole = false;
        await Eventually.TrueAsync(
            async _ => (await GetAsync(host, "/ready")).Status == HttpStatusCode.OK, Promise, "/ready notices the recovery");
        Assert.Single(host.Logs.Entries, entry => entry.Level == LogLevel.Warning && entry.Message.StartsWith("Service postgres became", StringComparison.Ordinal));
        Assert.Single(host.Logs.Entries, entry => entry.Message == "Service postgres is healthy again.");
    }

    [Fact]
    public async Task Ready_CancellingTheCheckBlocks_AnswersWithinThePromise()
    {
        using var gate = new ManualResetEventSlim();
        FakeService frozen = new() { IsBlackHole = true, Cancellation = gate };
        await using var host = await DefaultsHost.StartAsync(services => services.AddHealthChecks().AddCheck("postgres", frozen, tags: [HealthTags.Ready]));

        var (status, _) = await GetAsync(host, "/ready").WaitAsync(Promise, Token);
        gate.Set();

        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
    }

    [Fact]
    public async Task Ready_AnyAddress_ChecksOnlyWhatReadinessNeeds()
    {
        await using var host = await StartAsync();

        foreach (var path in (string[])["/ready", "/readyz", "/healthz"])
        {
            Assert.Equal(HttpStatusCode.OK, (await GetAsync(host, path)).Status);
        }

        Assert.Equal(0, _redis.Calls);
        await GetAsync(host, "/health");
        Assert.Equal(1, _redis.Calls);
    }

    [Fact]
    public async Task Health_AskedByManyAtOnce_ChecksOnce()
    {
        await using var host = await StartAsync();

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => GetAsync(host, "/ready")));

        Assert.InRange(_postgres.Calls, 1, 19);
    }

    private Task<DefaultsHost> StartAsync() => DefaultsHost.StartAsync(services => services.AddHealthChecks()
        .AddCheck("postgres", _postgres, tags: [HealthTags.Ready])
        .AddCheck("redis", _redis));

    private static async Task<(HttpStatusCode Status, string Body)> GetAsync(DefaultsHost host, string path)
    {
        using var response = await host.Client.GetAsync(new Uri(path, UriKind.Relative), Token);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(Token));
    }
}
