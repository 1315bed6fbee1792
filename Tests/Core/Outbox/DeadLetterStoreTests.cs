using Platform.Core.Outbox;

namespace Platform.Tests.Core.Outbox;

public sealed class DeadLetterStoreTests(LocalPostgres postgres) : IAsyncLifetime
{
    private OutboxWorld world = null!; // Set before each test.

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => world = await OutboxWorld.CreateAsync(postgres);

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Fact]
    public async Task Requeue_ADeadLetter_GoesOutAgainUnderItsOldKey()
    {
        var id = await world.PutAsync("a", "a:1", "the-key", "message.created");
        await world.Recorder.DeadLetterAsync(Assert.Single(await world.ClaimAsync()), "HTTP 404.", disable: false, Token);
        var deadLetters = new DeadLetterStore(world.Source);

        Assert.False(await deadLetters.RequeueAsync("elsewhere", id, Token));
        Assert.True(await deadLetters.RequeueAsync("home", id, Token));
        Assert.False(await deadLetters.RequeueAsync("home", id, Token));

        var claim = Assert.Single(await world.ClaimAsync());
        Assert.Equal((id, "the-key", "message.created", 0), (claim.Id, claim.DedupeKey, claim.EventType, claim.Attempt));
    }

    [Fact]
    public async Task Delete_AnotherTenantsDeadLetter_IsNotThere()
    {
        var id = await world.PutAsync("a");
        await world.Recorder.DeadLetterAsync(Assert.Single(await world.ClaimAsync()), "HTTP 404.", disable: false, Token);
        var deadLetters = new DeadLetterStore(world.Source);

        Assert.False(await deadLetters.DeleteAsync("elsewhere", id, Token));
        Assert.True(await deadLetters.DeleteAsync("home", id, Token));
        Assert.Equal(0L, await world.ScalarAsync<long>("select count(*) from dead_letters"));
    }

    [Fact]
    public async Task Bury_AnEffect_TellsOfItOnceButNotOfEffectsThatCarryEffects()
    {
        await world.PutAsync("a", eventType: "message.created");
        await world.PutAsync("a", eventType: "effect.dead");

        foreach (var claim in await world.ClaimAsync())
        {
            Assert.True(await world.Recorder.DeadLetterAsync(claim, "HTTP 404.", disable: false, Token));
        }

        Assert.Equal(["effect.dead"], await world.ListAsync("select type from event_inbox"));
        Assert.Equal(2L, await world.ScalarAsync<long>("select count(*) from dead_letters where tries = 1 and last_error = 'HTTP 404.'"));
    }
}
