using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Platform.Core.Generations;
using Platform.ServiceDefaults;
using Platform.Tests.ServiceDefaults;

namespace Platform.Tests.Core.Generations;

public sealed class RedisHealthCheckTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Health_PingOutlastsTheBound_IsDegradedAndReady()
    {
        await using var redis = await RedisServer.StartNewAsync(Token);
        await using var app = await StartAsync(redis.ConnectionString);
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
        await Eventually.TrueAsync(async _ => await StateAsync(client) == "healthy", TestPlatform.Patience, "Redis is healthy");

        redis.Pause();
        await Eventually.TrueAsync(async _ => await StateAsync(client) != "healthy", TestPlatform.Patience, "the pause is noticed");

        Assert.Equal("degraded", await StateAsync(client));
        using var ready = await client.GetAsync(new Uri("/ready", UriKind.Relative), Token);
        Assert.True(ready.IsSuccessStatusCode);
    }

    [Fact]
    public async Task Health_NobodyListens_IsDegraded()
    {
        await using var app = await StartAsync($"127.0.0.1:{FreePort.Next()}");
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };

        Assert.Equal("degraded", await StateAsync(client));
    }

    private static async Task<WebApplication> StartAsync(string redis)
    {
        var builder = DefaultsHost.Builder(new Dictionary<string, string?> { ["ConnectionStrings:redis"] = redis });
        builder.AddServiceDefaults("test");
        builder.AddLiveChannels();
        var app = builder.Build();
        app.MapServiceDefaults();
        await app.StartAsync(Token);
        return app;
    }

    private static async Task<string?> StateAsync(HttpClient client)
    {
        using var health = JsonDocument.Parse(await client.GetStringAsync(new Uri("/health", UriKind.Relative), Token));
        return health.RootElement.GetProperty("services").GetProperty("redis").GetString();
    }
}
