using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Platform.Contracts.Outbox;
using Platform.Core.Outbox;
using Platform.Worker.Features.StreamerBot;

namespace Platform.Tests.Worker.StreamerBot;

public sealed class StreamerBotConnectionTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("[]")]
    [InlineData("5")]
    [InlineData("no JSON")]
    [InlineData("""{"authentication":{}}""")]
    [InlineData("""{"authentication":{"salt":1,"challenge":true}}""")]
    [InlineData("""{"authentication":{"salt":"\ud800","challenge":"c"}}""")]
    public async Task Connect_GreetedWithRubbish_GoesOnTrying(string greeting)
    {
        await using var bot = await StreamerBotServer.StartAsync(Token, "open sesame");
        bot.Greeting = greeting;
        using var connection = await StartAsync(bot);

        await Eventually.TrueAsync(
            () => bot.Greeted >= 2 || connection.ExecuteTask is { IsCompleted: true }, TestPlatform.Patience, "another attempt");
        Assert.False(connection.ExecuteTask is { IsCompleted: true }, "The worker would have stopped.");
        bot.Greeting = null;

        await DeliversAsync(connection);
        await connection.StopAsync(Token);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("5")]
    [InlineData("no JSON")]
    [InlineData("""{"id":5}""")]
    [InlineData("""{"id":"\ud800","status":"ok"}""")]
    [InlineData("""{"id":"nobody's","status":[]}""")]
    public async Task Listen_ServerSaysRubbish_ActionsGoOn(string words)
    {
        await using var bot = await StreamerBotServer.StartAsync(Token);
        using var connection = await StartAsync(bot);
        await DeliversAsync(connection);

        await bot.SayAsync(words, Token);

        await DeliversAsync(connection);
        Assert.False(connection.ExecuteTask is { IsCompleted: true }, "The worker would have stopped.");
        await connection.StopAsync(Token);
    }

    [Fact]
    public async Task DoAction_ServerNeverAnswers_FailsAndConnectsAnew()
    {
        await using var bot = await StreamerBotServer.StartAsync(Token);
        using var connection = await StartAsync(bot);
        await DeliversAsync(connection);

        bot.Acknowledges = false;
        var unanswered = await connection.DoActionAsync(Claim(), Token);
        bot.Acknowledges = true;

        Assert.Equal(DeliveryOutcome.Failed, unanswered.Outcome);
        await Eventually.TrueAsync(() => bot.Connected >= 2, TestPlatform.Patience, "a connection that may be dead is given up");
        await DeliversAsync(connection);
        await connection.StopAsync(Token);
    }

    [Fact]
    public async Task Listen_EndlessMessage_IsGivenUp()
    {
        await using var bot = await StreamerBotServer.StartAsync(Token);
        using var connection = await StartAsync(bot);
        await DeliversAsync(connection);

        await bot.SayAsync($$"""{"id":"{{new string('x', 2_000_000)}}"}""", Token);

        await Eventually.TrueAsync(() => bot.Connected >= 2, TestPlatform.Patience, "another connection");
        await DeliversAsync(connection);
        await connection.StopAsync(Token);
    }

    private static async Task<StreamerBotConnection> StartAsync(StreamerBotServer bot)
    {
        var options = new StreamerBotOptions
        {
            WsUrl = bot.Url,
            Password = "open sesame",
            AnswerTimeout = TimeSpan.FromSeconds(1),
            FirstReconnectDelay = TimeSpan.FromMilliseconds(20),
        };
        var connection = new StreamerBotConnection(Options.Create(options), TimeProvider.System, NullLogger<StreamerBotConnection>.Instance);
        await connection.StartAsync(Token);
        return connection;
    }

    private static Task DeliversAsync(StreamerBotConnection connection) => Eventually.TrueAsync(
        async token => (await connection.DoActionAsync(Claim(), token)).Outcome == DeliveryOutcome.Delivered,
        TestPlatform.Patience,
        "an acknowledged action");

    private static EffectClaim Claim() => new(
        Guid.CreateVersion7(), "home", EffectKind.Streamerbot, "a", "k", "message.created", """{"data":{}}""", null, null, 0, 1, default);
}
