using Microsoft.EntityFrameworkCore;
using Npgsql;
using Platform.Contracts.Traces;
using Platform.Core.Storage;
using Platform.Core.Traces;
using Platform.Tests.Core.Activations;

namespace Platform.Tests.Core.Traces;

public sealed class TraceSurroundingsTests(LocalPostgres postgres)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Neighbours_SameBotSameChannel_AreTheOnesRightBeforeAndAfter()
    {
        await using var host = await QueueHost.StartAsync(postgres, Token);
        var traces = await TracesAsync(host, channels: 1, each: 3);
        await TracesAsync(host, channels: 1, each: 1);
        var surroundings = new TraceSurroundings(host.Get<NpgsqlDataSource>());

        Assert.Equal((null, traces[1].Id), await surroundings.NeighboursAsync(traces[0], Token));
        Assert.Equal((traces[0].Id, traces[2].Id), await surroundings.NeighboursAsync(traces[1], Token));
        Assert.Equal((traces[1].Id, null), await surroundings.NeighboursAsync(traces[2], Token));
    }

    [Fact]
    public async Task Effects_WaitingDeadAndDelivered_AreAllThere()
    {
        await using var host = await QueueHost.StartAsync(postgres, Token);
        var trace = (await TracesAsync(host, channels: 1, each: 1))[0];
        var other = (await TracesAsync(host, channels: 1, each: 1))[0];
        await host.Database.ExecuteAsync(
            $$"""
            insert into webhooks (id, tenant_id, kind, origin, url, event_types)
            values ('00000000-0000-0000-0000-000000000001', 'home', 'webhook', 'api', 'http://127.0.0.1/', array['*']);
            insert into outbox (id, tenant_id, kind, target, dedupe_key, payload, activation_id, attempt, last_error)
            values (gen_random_uuid(), 'home', 'webhook', 'w', 'k', '{}', '{{trace.ActivationId}}', 2, 'HTTP 500'),
                (gen_random_uuid(), 'home', 'webhook', 'w', 'k2', '{}', '{{other.ActivationId}}', 0, null);
            insert into dead_letters (id, sequence, tenant_id, kind, target, dedupe_key, payload, activation_id, tries, last_error, created_at)
            values (gen_random_uuid(), 1, 'home', 'streamerbot', 'w', 'k', '{}', '{{trace.ActivationId}}', 8, 'gone', now());
            insert into event_log (stored_day, position, id, tenant_id, type, activation_id, data, created_at)
            select (now() at time zone 'utc')::date, 1, gen_random_uuid(), 'home', 'effect.delivered', '{{trace.ActivationId}}',
                jsonb_build_object('effect_id', gen_random_uuid(), 'kind', 'webhook', 'target', 'w', 'event_type', 'activation.silent', 'tries', 3), now();
            """,
            Token);

        var effects = await new TraceSurroundings(host.Get<NpgsqlDataSource>()).EffectsAsync(trace, Token);

        Assert.NotNull(effects);
        Assert.Equal(
            [(TraceEffectState.Dead, 8), (TraceEffectState.Delivered, 3), (TraceEffectState.Retrying, 2)],
            effects.Select(effect => (effect.State, effect.Tries)).OrderByDescending(effect => effect.Tries));
        Assert.Equal([TraceEffectState.Delivered], effects.Where(effect => effect.DeliveredAt is not null).Select(effect => effect.State));
    }

    /// <summary>Traces of a bot of its own, oldest first.</summary>
    private static async Task<List<Trace>> TracesAsync(QueueHost host, int channels, int each)
    {
        var bot = await host.BotAsync($"bot-{Guid.CreateVersion7():N}", Token);
        var places = await host.ChannelsAsync(bot, channels, Token);
        for (var round = 0; round < each; round++)
        {
            await host.EnqueueAsync(bot, places, Token);
            await host.EndSilentAsync(await host.Queue.ClaimWaitingAsync("w", 10, Token), Token);
        }

        await using var context = await host.Get<IDbContextFactory<PlatformDbContext>>().CreateDbContextAsync(Token);
        return await context.Traces.Where(trace => trace.BotId == bot).OrderBy(trace => trace.StartedAt).ThenBy(trace => trace.Id).ToListAsync(Token);
    }
}
