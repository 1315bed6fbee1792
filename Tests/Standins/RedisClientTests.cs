using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using StackExchange.Redis;

namespace Platform.Tests.Standins;

/// <summary>Holds of the real integration too: nothing here knows which one was built.</summary>
public class RedisClientTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Start_RedisAway_HostStartsAndConnectsLater()
    {
        await using var redis = await RedisServer.StartNewAsync(Token);
        await redis.StopAsync();
        using var host = await StartHostAsync(redis);
        var connection = host.Services.GetRequiredService<IConnectionMultiplexer>();
        Assert.False(connection.IsConnected);
        Assert.Equal(HealthStatus.Unhealthy, await HealthAsync(host));

        await redis.StartAsync(Token);

        await Eventually.TrueAsync(async _ => await CanWriteAsync(connection), Deadline, "the client connects by itself");
        Assert.Equal(HealthStatus.Healthy, await HealthAsync(host));
    }

    [Fact]
    public async Task Restart_WhileSubscribed_CommandsAndMessagesResume()
    {
        await using var redis = await RedisServer.StartNewAsync(Token);
        using var host = await StartHostAsync(redis);
        var connection = host.Services.GetRequiredService<IConnectionMultiplexer>();
        var received = new ConcurrentQueue<string>();
        var channel = RedisChannel.Literal("news[*]");
        await connection.GetSubscriber().SubscribeAsync(channel, (_, value) => received.Enqueue(value.ToString()));
        await PublishUntilReceivedAsync(connection, channel, received, "before");

        await redis.KillAsync();
        await Eventually.TrueAsync(async _ => !await CanWriteAsync(connection), Deadline, "the client notices");
        await redis.StartAsync(Token);

        await Eventually.TrueAsync(async _ => await CanWriteAsync(connection), Deadline, "the client reconnects");
        await PublishUntilReceivedAsync(connection, channel, received, "after");
    }

    [Fact]
    public async Task Subscribe_RedisAway_MessagesArriveOnceItIsThere()
    {
        await using var redis = await RedisServer.StartNewAsync(Token);
        await redis.StopAsync();
        using var host = await StartHostAsync(redis);
        var connection = host.Services.GetRequiredService<IConnectionMultiplexer>();
        var received = new ConcurrentQueue<string>();
        var channel = RedisChannel.Literal("early");
        await Record.ExceptionAsync(() => connection.GetSubscriber().SubscribeAsync(channel, (_, value) => received.Enqueue(value.ToString())));

        await redis.StartAsync(Token);

        await Eventually.TrueAsync(async _ => await CanWriteAsync(connection), Deadline, "the client connects by itself");
        await PublishUntilReceivedAsync(connection, channel, received, "hello");
    }

    [Fact]
    public async Task Literal_NameWithGlob_MatchesOnlyItself()
    {
        await using var redis = await RedisServer.StartNewAsync(Token);
        using var host = await StartHostAsync(redis);
        var connection = host.Services.GetRequiredService<IConnectionMultiplexer>();
        var received = new ConcurrentQueue<string>();
        await connection.GetSubscriber().SubscribeAsync(RedisChannel.Literal("a*"), (_, value) => received.Enqueue(value.ToString()));

        Assert.Equal(0, await connection.GetSubscriber().PublishAsync(RedisChannel.Literal("abc"), "no"));
        Assert.Equal(1, await connection.GetSubscriber().PublishAsync(RedisChannel.Literal("a*"), "yes"));

        await Eventually.TrueAsync(() => !received.IsEmpty, Deadline, "the message arrives");
        Assert.Equal(["yes"], received);
    }

    private static async Task<IHost> StartHostAsync(RedisServer redis)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection([new("ConnectionStrings:redis", redis.ConnectionString)]);
        builder.AddRedisClient("redis");
        var host = builder.Build();
        await host.StartAsync(Token);
        return host;
    }

    private static async Task<HealthStatus> HealthAsync(IHost host) =>
        (await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(Token)).Status;

    private static async Task<bool> CanWriteAsync(IConnectionMultiplexer connection)
    {
        try
        {
            return await connection.GetDatabase().StringSetAsync("key", Stopwatch.GetTimestamp());
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException)
        {
            return false;
        }
    }

    private static Task PublishUntilReceivedAsync(IConnectionMultiplexer connection, RedisChannel channel, ConcurrentQueue<string> received, string text) =>
        Eventually.TrueAsync(
            async _ =>
            {
                await connection.GetSubscriber().PublishAsync(channel, text);
                return received.Contains(text);
            },
            Deadline,
            $"'{text}' arrives");
}
