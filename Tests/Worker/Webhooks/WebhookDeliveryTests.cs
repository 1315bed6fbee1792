using System.Net;
using Platform.Contracts.Webhooks;

namespace Platform.Tests.Worker.Webhooks;

public sealed class WebhookDeliveryTests(WebhookSite site) : IClassFixture<WebhookSite>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Deliver_AnAnswer_ArrivesOnceSignedInOrderWithItsClaim()
    {
        await using var receiver = await WebhookReceiver.StartAsync(Token);
        var webhook = await site.SubscribeAsync(receiver, "*");
        var conversation = await site.Platform.ConverseAsync("rehearsed", Token);

        var posted = await site.Platform.PostAsync(conversation.Id, "Good morning!", Token);
        await site.Platform.EndOfAsync(posted.ActivationId, Token);
        await site.ArrivedAsync(receiver, 3);
        await site.SettledAsync(webhook);

        var deliveries = receiver.Deliveries;
        Assert.Equal(["message.created", "message.created", "activation.answered"], deliveries.Select(one => one.Type));
        Assert.Equal(deliveries.Select(one => one.Position).Order(), deliveries.Select(one => one.Position));
        Assert.Equal([1L, 2L], deliveries.Take(2).Select(one => one.Json.GetProperty("data").GetProperty("sequence").GetInt64()));
        Assert.All(deliveries, one => Assert.True(one.IsSigned));
        Assert.Equal(posted.ActivationId, deliveries[2].Headers["platform-activation-id"]);
        Assert.Equal("1", deliveries[2].Headers["platform-activation-fence"]);
        await site.SendAsync(HttpMethod.Delete, $"/api/v1/webhooks/{webhook.Id}");
    }

    [Fact]
    public async Task Deliver_ReceiverFailsTwice_IsTriedAgainUnderTheSameId()
    {
        await using var receiver = await WebhookReceiver.StartAsync(Token);
        var webhook = await site.SubscribeAsync(receiver, "activation.parked");
        receiver.Enqueue(new WebhookReply(500), new WebhookReply(503));

        var id = await site.PingAsync(webhook);
        await site.ArrivedAsync(receiver, 3);
        await site.SettledAsync(webhook);

        Assert.Equal([id, id, id], receiver.Deliveries.Select(one => one.Id));
        Assert.All(receiver.Deliveries, one => Assert.True(one.IsSigned));
        var now = await site.Platform.GetAsync<WebhookResponse>($"/api/v1/webhooks/{webhook.Id}", Token);
        Assert.NotNull(now.LastSuccessAt);
        Assert.StartsWith("HTTP 503", now.LastError, StringComparison.Ordinal);
        Assert.Null(now.Secret);
        Assert.EndsWith("/hook?…", now.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deliver_ReceiverAlwaysFails_IsADeadLetterAfterSixTries()
    {
        await using var receiver = await WebhookReceiver.StartAsync(Token);
        var webhook = await site.SubscribeAsync(receiver, "activation.parked");
        receiver.Default = _ => new WebhookReply(500, "broken on purpose");

        await site.PingAsync(webhook);
        var letter = await site.DeadLetterOfAsync(webhook);

        Assert.Equal((6, "HTTP 500: broken on purpose"), (letter.Tries, letter.LastError));
        Assert.Equal(6, receiver.Deliveries.Count);
    }

    [Fact]
    public async Task Deliver_NobodyListens_IsPausedAndArrivesWithoutADeadLetterWhenSomebodyDoes()
    {
        var receiver = await WebhookReceiver.StartAsync(Token);
        var webhook = await site.SubscribeAsync(receiver, "activation.parked");
        await receiver.DisposeAsync();

        var id = await site.PingAsync(webhook);
        var failing = await site.WebhookAsync(webhook, now => now.ConsecutiveFailures > 7); // A dead letter would end it at 6.
        Assert.NotNull(failing.PausedUntil);
        Assert.NotNull(failing.FailingSince);
        Assert.StartsWith("Connection failed", failing.LastError, StringComparison.Ordinal);

        await using var back = await WebhookReceiver.StartAsync(receiver.BaseAddress.Port, Token);
        await site.SendAsync(HttpMethod.Post, $"/api/v1/webhooks/{webhook.Id}/retry");
        await site.ArrivedAsync(back, 1);

        Assert.Equal(id, Assert.Single(back.Deliveries).Id);
        var well = await site.WebhookAsync(webhook, now => now.ConsecutiveFailures == 0);
        Assert.Null(well.PausedUntil);
        Assert.Null(well.FailingSince);
    }

    [Fact]
    public async Task Pause_ByHand_KeepsEventsUntilItIsResumed()
    {
        await using var receiver = await WebhookReceiver.StartAsync(Token);
        var webhook = await site.SubscribeAsync(receiver, "message.created");
        var paused = await site.SendAsync<WebhookResponse>(HttpMethod.Patch, $"/api/v1/webhooks/{webhook.Id}", new ChangeWebhookRequest(Paused: true));
        Assert.True(paused.Paused);
        using var refused = await site.Platform.Client.PostAsync(new Uri($"/api/v1/webhooks/{webhook.Id}/retry", UriKind.Relative), null, Token);
        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);

        var conversation = await site.Platform.ConverseAsync("rehearsed", Token);
        var posted = await site.Platform.PostAsync(conversation.Id, "Good morning!", Token);
        await site.Platform.EndOfAsync(posted.ActivationId, Token);
        await Eventually.TrueAsync(
            async token => await site.Platform.Database.ScalarAsync<long>($"select count(*) from outbox where target = '{webhook.Id}'", token) == 2,
            TestPlatform.Patience,
            "both messages wait");
        Assert.Empty(receiver.Deliveries);

        await site.SendAsync<WebhookResponse>(HttpMethod.Patch, $"/api/v1/webhooks/{webhook.Id}", new ChangeWebhookRequest(Paused: false));
        await site.ArrivedAsync(receiver, 2);
        await site.SendAsync(HttpMethod.Delete, $"/api/v1/webhooks/{webhook.Id}");
    }

    [Fact]
    public async Task Deliver_ReceiverDoesNotKnowIt_IsADeadLetterAtOnceAndCanBeRequeued()
    {
        await using var receiver = await WebhookReceiver.StartAsync(Token);
        var webhook = await site.SubscribeAsync(receiver, "activation.parked");
        receiver.Enqueue(new WebhookReply(404));

        var id = await site.PingAsync(webhook);
        var letter = await site.DeadLetterOfAsync(webhook);
        Assert.Equal((1, id), (letter.Tries, letter.DedupeKey));
        await site.SendAsync(HttpMethod.Post, $"/api/v1/dead-letters/{letter.Id}/requeue");
        await site.ArrivedAsync(receiver, 2);

        Assert.Equal([id, id], receiver.Deliveries.Select(one => one.Id));
    }

    [Fact]
    public async Task Deliver_ReceiverIsGone_DisablesTheWebhook()
    {
        await using var receiver = await WebhookReceiver.StartAsync(Token);
        var webhook = await site.SubscribeAsync(receiver, "activation.parked");
        receiver.Enqueue(new WebhookReply(410));

        await site.PingAsync(webhook);
        await site.DeadLetterOfAsync(webhook);

        var now = await site.Platform.GetAsync<WebhookResponse>($"/api/v1/webhooks/{webhook.Id}", Token);
        Assert.False(now.Enabled);
        Assert.StartsWith("HTTP 410", now.DisabledReason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deliver_ReceiverAsksToWait_IsLeftAloneThatLong()
    {
        await using var receiver = await WebhookReceiver.StartAsync(Token);
        var webhook = await site.SubscribeAsync(receiver, "activation.parked");
        receiver.Enqueue(new WebhookReply(429, RetryAfter: TimeSpan.FromSeconds(2)));

        await site.PingAsync(webhook);
        await site.ArrivedAsync(receiver, 2);

        var waited = receiver.Deliveries[1].At - receiver.Deliveries[0].At;
        Assert.True(waited >= TimeSpan.FromSeconds(1.9), $"It waited {waited}.");
    }

    [Fact]
    public async Task Deliver_AnswerIsCutOff_ComesOnceMoreUnderTheSameId()
    {
        await using var receiver = await WebhookReceiver.StartAsync(Token);
        var webhook = await site.SubscribeAsync(receiver, "activation.parked");
        receiver.Enqueue(WebhookReply.Cut);

        var id = await site.PingAsync(webhook);
        await site.ArrivedAsync(receiver, 2);
        await site.SettledAsync(webhook);

        Assert.Equal([id, id], receiver.Deliveries.Select(one => one.Id));
    }

    [Fact]
    public async Task Deliver_ReceiverSendsElsewhere_IsNotFollowed()
    {
        await using var elsewhere = await WebhookReceiver.StartAsync(Token);
        await using var receiver = await WebhookReceiver.StartAsync(Token);
        var webhook = await site.SubscribeAsync(receiver, "activation.parked");
        receiver.Enqueue(new WebhookReply(307, Location: elsewhere.BaseAddress.ToString()));

        await site.PingAsync(webhook);
        var letter = await site.DeadLetterOfAsync(webhook);

        Assert.Contains("redirects are not followed", letter.LastError, StringComparison.Ordinal);
        Assert.Empty(elsewhere.Deliveries);
    }

    [Fact]
    public async Task Deliver_ReceiverSlowerThanTheLease_GetsItOnce()
    {
        await using var receiver = await WebhookReceiver.StartAsync(Token);
        var webhook = await site.SubscribeAsync(receiver, "activation.parked");
        var gate = new TaskCompletionSource();
        receiver.Enqueue(new WebhookReply(204, Gate: gate.Task));

        await site.PingAsync(webhook);
        await Eventually.TrueAsync(
            async token => await site.Platform.Database.ScalarAsync<bool>(
                $"select exists (select from outbox where target = '{webhook.Id}' and created_at < now() - interval '6 s' and lease_until > now())", token),
            TestPlatform.Patience,
            "the delivery outlives its first lease");
        gate.SetResult();
        await site.SettledAsync(webhook);

        Assert.Single(receiver.Deliveries);
    }

    [Fact]
    public async Task Rotate_Secret_BothSignUntilTheOldOneEnds()
    {
        await using var receiver = await WebhookReceiver.StartAsync(Token);
        var webhook = await site.SubscribeAsync(receiver, "activation.parked");
        var rotated = await site.SendAsync<WebhookResponse>(HttpMethod.Patch, $"/api/v1/webhooks/{webhook.Id}", new ChangeWebhookRequest(RotateSecret: true));
        Assert.NotNull(rotated.Secret);
        Assert.NotEqual(webhook.Secret, rotated.Secret);

        await site.PingAsync(webhook);
        await site.ArrivedAsync(receiver, 1);
        await site.Platform.Database.ExecuteAsync($"update webhooks set previous_secret_until = now() where id = '{webhook.Id}'", Token);
        await site.PingAsync(webhook);
        await site.ArrivedAsync(receiver, 2);

        // The receiver knows the old secret only.
        Assert.Equal([true, false], receiver.Deliveries.Select(one => one.IsSigned));
        Assert.Equal(2, receiver.Deliveries[0].Headers["webhook-signature"].Split(' ').Length);
    }

    [Fact]
    public async Task Delete_Webhook_DropsWhatWaits()
    {
        await using var receiver = await WebhookReceiver.StartAsync(Token);
        var webhook = await site.SubscribeAsync(receiver, "activation.parked");
        receiver.Default = _ => new WebhookReply(503, RetryAfter: TimeSpan.FromMinutes(5));
        await site.PingAsync(webhook);
        await site.ArrivedAsync(receiver, 1);
        await Eventually.TrueAsync(
            async token => await site.Platform.Database.ScalarAsync<bool>($"select exists (select from outbox where target = '{webhook.Id}' and attempt = 1)", token),
            TestPlatform.Patience,
            "the failure is written down");

        await site.SendAsync(HttpMethod.Delete, $"/api/v1/webhooks/{webhook.Id}");

        await site.SettledAsync(webhook);
        Assert.Single(receiver.Deliveries);
    }
}
