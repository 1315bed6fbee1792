using Platform.Core.Outbox;

namespace Platform.Tests.Core.Outbox;

public sealed class DeadLetterStoreTests(LocalPostgres postgres) : IAsyncLifetime
{
    private OutboxWorld _world = null!; // Set before each test.

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _world = await OutboxWorld.CreateAsync(postgres);

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task Requeue_ADeadLetter_GoesOutAgainUnderItsOldKey()
    {
        var id = await _world.PutAsync("a", "a:1", "the-key", "message.created");
        await _world.Recorder.DeadLetterAsync(Assert.Single(await _world.ClaimAsync()), "HTTP 404.", "HTTP 404.", disable: false, Token);
        var deadLetters = new DeadLetterStore(_world.Source);

        Assert.False(await deadLetters.RequeueAsync("elsewhere", id, Token));
        Assert.True(await deadLetters.RequeueAsync("home", id, Token));
        Assert.False(await deadLetters.RequeueAsync("home", id, Token));

        var claim = Assert.Single(await _world.ClaimAsync());
        Assert.Equal((id, "the-key", "message.created", 0), (claim.Id, claim.DedupeKey, claim.EventType, claim.Attempt));
    }

    [Fact]
    public async Task Delete_AnotherTenantsDeadLetter_IsNotThere()
    {
        var id = await _world.PutAsync("a");
        await _world.Recorder.DeadLetterAsync(Assert.Single(await _world.ClaimAsync()), "HTTP 404.", "HTTP 404.", disable: false, Token);
        var deadLetters = new DeadLetterStore(_world.Source);

        Assert.False(await deadLetters.DeleteAsync("elsewhere", id, Token));
        Assert.True(await deadLetters.DeleteAsync("home", id, Token));
        Assert.Equal(0L, await _world.ScalarAsync<long>("select count(*) from dead_letters"));
    }

    [Fact]
    public async Task Bury_AnEffect_TellsOfItOnceButNotOfEffectsThatCarryEffects()
    {
        await _world.PutAsync("a", eventType: "message.created");
        await _world.PutAsync("a", eventType: "effect.dead");

        foreach (var claim in await _world.ClaimAsync())
        {
            Assert.True(await _world.Recorder.DeadLetterAsync(claim, "HTTP 404.", "HTTP 404.", disable: false, Token));
        }

        Assert.Equal(["effect.dead"], await _world.ListAsync("select type from event_inbox"));
        Assert.Equal(2L, await _world.ScalarAsync<long>("select count(*) from dead_letters where tries = 1 and last_error = 'HTTP 404.'"));
    }
}
