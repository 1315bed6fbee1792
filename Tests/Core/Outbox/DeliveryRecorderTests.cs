using Platform.Core.Outbox;

namespace Platform.Tests.Core.Outbox;

public sealed class DeliveryRecorderTests(LocalPostgres postgres) : IAsyncLifetime
{
    // A receiver may answer anything; what cannot be stored must not make the try uncounted, and so endless.
    private const string Unstorable = "before\0after \ud83d!";

    private OutboxWorld _world = null!; // Set before each test.

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _world = await OutboxWorld.CreateAsync(postgres);

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task Retry_ErrorThatNoTextMayHold_IsCounted()
    {
        await _world.PutAsync("a");
        var claim = Assert.Single(await _world.ClaimAsync());

        Assert.True(await _world.Recorder.RetryAsync(claim, Unstorable, TimeSpan.Zero, counts: true, Token));

        Assert.Equal(1, Assert.Single(await _world.ClaimAsync()).Attempt);
        Assert.StartsWith("before", await _world.ScalarAsync<string>("select last_error from outbox"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bury_ErrorThatNoTextMayHold_IsADeadLetterAndAnEvent()
    {
        await _world.PutAsync("a");
        var claim = Assert.Single(await _world.ClaimAsync());

        Assert.True(await _world.Recorder.DeadLetterAsync(claim, Unstorable, Unstorable, disable: false, Token));

        Assert.StartsWith("before", await _world.ScalarAsync<string>("select last_error from dead_letters"), StringComparison.Ordinal);
        Assert.StartsWith("before", await _world.ScalarAsync<string>("select data ->> 'error' from event_inbox"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Delivered_Twice_ChangesNothingTheSecondTime()
    {
        await _world.PutAsync("a", eventType: "message.created");
        var claim = Assert.Single(await _world.ClaimAsync());

        Assert.True(await _world.Recorder.DeliveredAsync(claim, Token));
        Assert.False(await _world.Recorder.DeliveredAsync(claim, Token));

        Assert.Equal(["effect.delivered"], await _world.ListAsync("select type from event_inbox"));
    }

    [Fact]
    public async Task Requeue_FromManyHandsAtOnce_PutsTheEffectInOnce()
    {
        var id = await _world.PutAsync("a", "a:1");
        await _world.Recorder.DeadLetterAsync(Assert.Single(await _world.ClaimAsync()), "HTTP 404.", "HTTP 404.", disable: false, Token);
        var deadLetters = new DeadLetterStore(_world.Source);

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => deadLetters.RequeueAsync("home", id, Token))));

        Assert.Equal(1, answers.Count(requeued => requeued));
        Assert.Equal(1L, await _world.ScalarAsync<long>("select count(*) from outbox"));
        Assert.Equal(0L, await _world.ScalarAsync<long>("select count(*) from dead_letters"));
    }
}
