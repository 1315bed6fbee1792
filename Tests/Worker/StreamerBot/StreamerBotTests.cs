using Platform.Contracts.Outbox;
using Platform.Contracts.Webhooks;

namespace Platform.Tests.Worker.StreamerBot;

public sealed class StreamerBotTests(LocalPostgres postgres, LocalRedis redis)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task DoAction_WithPasswordAndACutConnection_RunsTheActionForEachEventInOrder()
    {
        await using var bot = await StreamerBotServer.StartAsync(Token, "open sesame");
        await using var platform = await StartAsync(settings =>
        {
            settings["STREAMERBOT_WS_URL"] = bot.Url;
            settings["STREAMERBOT_PASSWORD"] = "open sesame";
            settings["STREAMERBOT_ACTION"] = "Somebody spoke";
            settings["STREAMERBOT_EVENTS"] = "message.created";
        });
        await Eventually.TrueAsync(() => bot.Connected == 1, TestPlatform.Patience, "the worker logs in");
        var conversation = await platform.ConverseAsync("mute", Token);

        await platform.PostAsync(conversation.Id, "one", Token);
        await Eventually.TrueAsync(() => bot.Actions.Count == 1, TestPlatform.Patience, $"the first action; the worker says:\n{platform.Worker.Log}");
        bot.Cut();
        await platform.PostAsync(conversation.Id, "two", Token);
        await platform.PostAsync(conversation.Id, "three", Token);
        await Eventually.TrueAsync(() => bot.Actions.Count == 3, TestPlatform.Patience, $"the other actions; the worker says:\n{platform.Worker.Log}");

        Assert.Equal(["one", "two", "three"], bot.Actions.Select(action => action.GetProperty("args").GetProperty("preview").GetString()));
        Assert.All(bot.Actions, action =>
        {
            Assert.Equal("DoAction", action.GetProperty("request").GetString());
            Assert.Equal("Somebody spoke", action.GetProperty("action").GetProperty("name").GetString());
            Assert.Equal("message.created", action.GetProperty("args").GetProperty("eventType").GetString());
        });
        var webhook = Assert.Single((await platform.GetAsync<WebhookList>("/api/v1/webhooks", Token)).Webhooks);
        Assert.Equal((EffectKind.Streamerbot, WebhookOrigin.Settings, bot.Url), (webhook.Kind, webhook.Origin, webhook.Url));
        Assert.DoesNotContain("open sesame", platform.Worker.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task DoAction_WrongPassword_SaysSoAndDeliversNothing()
    {
        await using var bot = await StreamerBotServer.StartAsync(Token, "open sesame");
        await using var platform = await StartAsync(settings =>
        {
            settings["STREAMERBOT_WS_URL"] = bot.Url;
            settings["STREAMERBOT_PASSWORD"] = "wrong";
            settings["Outbox__MaxRetries"] = "0";
        });
        var conversation = await platform.ConverseAsync("mute", Token);

        await platform.PostAsync(conversation.Id, "one", Token);
        await Eventually.TrueAsync(
            async token => (await platform.GetAsync<DeadLetterList>("/api/v1/dead-letters", token)).DeadLetters.Count > 0,
            TestPlatform.Patience,
            "a dead letter");

        Assert.Empty(bot.Actions);
        Assert.Contains("STREAMERBOT_PASSWORD", platform.Worker.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_OverHttp_IsWhatItsServerExpects()
    {
        await using var receiver = await WebhookReceiver.StartAsync(Token);
        await using var platform = await StartAsync(settings =>
        {
            settings["STREAMERBOT_WEBHOOK_URL"] = receiver.BaseAddress + "DoAction";
            settings["STREAMERBOT_ACTION"] = "9c6203fd-363f-4834-983e-b10423c568ea";
            settings["STREAMERBOT_EVENTS"] = "message.created";
        });
        var conversation = await platform.ConverseAsync("mute", Token);

        await platform.PostAsync(conversation.Id, "hello", Token);
        await Eventually.TrueAsync(() => receiver.Deliveries.Count == 1, TestPlatform.Patience, $"a delivery; the worker says:\n{platform.Worker.Log}");

        var body = receiver.Deliveries[0].Json;
        Assert.Equal("9c6203fd-363f-4834-983e-b10423c568ea", body.GetProperty("action").GetProperty("id").GetString());
        Assert.Equal("hello", body.GetProperty("args").GetProperty("preview").GetString());
    }

    private async Task<TestPlatform> StartAsync(Action<Dictionary<string, string?>> change) => await TestPlatform.StartAsync(
        postgres,
        await redis.ConnectionStringAsync(Token),
        Token,
        settings =>
        {
            settings["Outbox__FirstRetryDelay"] = "00:00:00.200";
            settings["StreamerBot__FirstReconnectDelay"] = "00:00:00.100";
            change(settings);
        });
}
