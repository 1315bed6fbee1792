using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Platform.Core.Activations;
using Platform.Core.Activations.Completion;
using Platform.Core.Activations.Context;
using Platform.Core.Activations.Policies;
using Platform.Core.Activations.Queue;
using Platform.Core.Generations;
using Platform.Tests.Core.Activations;
using Platform.Worker.Features.Activations;
using StackExchange.Redis;

namespace Platform.Tests.Worker.Activations;

public sealed class ActivationBatchTests(LocalPostgres postgres, LocalRedis redis)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Decide_OneBotCannotBeRead_TheOthersEndAndItIsLeftToItsLease()
    {
        await using var host = await QueueHost.StartAsync(postgres, Token);
        using var connection = await ConnectionMultiplexer.ConnectAsync(await redis.ConnectionStringAsync(Token));
        await using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        using var telemetry = new ActivationTelemetry(services.GetRequiredService<System.Diagnostics.Metrics.IMeterFactory>());
        var broken = await host.EnqueueOneAsync(Token);
        var sound = await host.BotAsync("sound", Token);
        await host.EnqueueAsync(sound, await host.ChannelsAsync(sound, 3, Token), Token);
        await host.Database.ExecuteAsync("update bots set definition = '[]' where author_id = (select id from authors where handle = 'bot')", Token);
        var leases = host.Get<LeaseKeeper>();
        var ending = new ActivationEnding(
            host.Get<ActivationCompletion>(), host.Get<SilentCompletion>(), host.Get<ActivationDeferral>(), new LiveChannel(connection, NullLogger<LiveChannel>.Instance),
            telemetry, TimeProvider.System, NullLogger<ActivationEnding>.Instance);
        var batch = new ActivationBatch(
            host.Get<ActivationFactsReader>(), [new ConversationPolicy()], ending, telemetry, leases, new WorkerIdentity(),
            TimeProvider.System, NullLogger<ActivationBatch>.Instance);

        var going = await batch.DecideAsync([.. (await host.Queue.ClaimWaitingAsync("w", 10, Token)).Select(claim => leases.Hold(claim))], Token);

        Assert.Empty(going);
        Assert.Equal(0, leases.Count);
        Assert.Equal("running", await host.StateAsync(broken, Token));
        Assert.Equal(3, await host.Database.ScalarAsync<long>("select count(*) from activations where state = 'silent'", Token));
    }
}
