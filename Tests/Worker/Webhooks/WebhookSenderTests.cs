using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Platform.Contracts.Outbox;
using Platform.Core.Outbox;
using Platform.Core.Storage;
using Platform.Core.Webhooks;
using Platform.ServiceDefaults.Outgoing;
using Platform.Tests.Core.Outbox;
using Platform.Tests.Worker.Schedules;
using Platform.Worker.Features.Outbox;
using Platform.Worker.Features.Webhooks;

namespace Platform.Tests.Worker.Webhooks;

public sealed class WebhookSenderTests(LocalPostgres postgres)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Send_WorkerWhoseClockIsAnHourAhead_SignsByTheDatabasesClock()
    {
        await using var world = await OutboxWorld.CreateAsync(postgres);
        await using var receiver = await WebhookReceiver.StartAsync(Token);
        var webhook = await world.SubscribeAsync(["*"]);
        var secret = WebhookSecret.Create();
        receiver.Secrets[secret] = 0;
        await world.ExecuteAsync($"update webhooks set url = '{receiver.BaseAddress}', secret = '{secret}'");
        await using var services = new ServiceCollection()
            .AddHttpClient()
            .AddPooledDbContextFactory<PlatformDbContext>(options => StorageRegistration.Configure(options, world.Source))
            .BuildServiceProvider();
        var sender = new WebhookSender(
            new WebhookStore(world.Source, services.GetRequiredService<IDbContextFactory<PlatformDbContext>>()),
            new HttpDelivery(
                services.GetRequiredService<IHttpClientFactory>(), Options.Create(new OutgoingHttpOptions()), new SkewedClock(TimeSpan.FromHours(1))));

        var result = await sender.SendAsync(
            new EffectClaim(Guid.CreateVersion7(), "home", EffectKind.Webhook, webhook.ToString(), "k", null, "{\"a\" :1}", null, null, 0, 1, default), Token);

        Assert.Equal(DeliveryOutcome.Delivered, result.Outcome);
        var delivery = Assert.Single(receiver.Deliveries);
        Assert.True(delivery.IsSigned);
        Assert.Equal("{\"a\" :1}", delivery.Body);
        var said = DateTimeOffset.FromUnixTimeSeconds(long.Parse(delivery.Headers["webhook-timestamp"], CultureInfo.InvariantCulture));
        Assert.InRange(said, delivery.At - TimeSpan.FromMinutes(2), delivery.At + TimeSpan.FromMinutes(2));
    }
}
