using System.Net.Sockets;

namespace Platform.Tests.Infrastructure.SelfTests;

public sealed class RedisServerTests(LocalRedis redis)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task StartAsync_AfterStop_AnswersOnTheSamePort()
    {
        await using var server = await RedisServer.StartNewAsync(Cancellation);
        var port = server.Port;

        await server.StopAsync();
        using (var client = new TcpClient())
        {
            await Assert.ThrowsAsync<SocketException>(() => client.ConnectAsync("127.0.0.1", port, Cancellation).AsTask());
        }

        await server.StartAsync(Cancellation);

        using var again = new TcpClient();
        await again.ConnectAsync("127.0.0.1", port, Cancellation);
        Assert.True(again.Connected);
    }

    [Fact]
    public async Task ConnectionStringAsync_CalledAtOnce_StartsOneServer()
    {
        var answers = await Task.WhenAll(redis.ConnectionStringAsync(Cancellation), redis.ConnectionStringAsync(Cancellation));

        Assert.Single(answers.Distinct());
    }
}
