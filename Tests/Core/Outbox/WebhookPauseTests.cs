using Microsoft.EntityFrameworkCore;
using Platform.Core.DueTimes;
using Platform.Core.Storage;
using Platform.Core.Webhooks;

namespace Platform.Tests.Core.Outbox;

public sealed class WebhookPauseTests(LocalPostgres postgres) : IAsyncLifetime
{
    private OutboxWorld _world = null!; // Set before each test.
    private string _webhook = null!; // Set before each test.

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private WebhookStore Webhooks => new(_world.Source, new Contexts(_world));

    public async ValueTask InitializeAsync()
    {
        _world = await OutboxWorld.CreateAsync(postgres);
        _webhook = (await _world.SubscribeAsync(["*"])).ToString();
    }

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task Retry_FailuresReachTheRule_PausesAndNothingIsClaimed()
    {
        await FailAsync(OutboxWorld.Pauses.AfterFailures - 1);
        Assert.Null(await PauseSecondsAsync());

        await FailAsync(1);

        Assert.Equal(60, await PauseSecondsAsync());
        await _world.PutAsync(_webhook);
        Assert.Empty(await _world.ClaimAsync());
        var due = Assert.Single(await new DueTimeReader(_world.Source).ReadAsync(Token), time => time.Area == DueArea.Outbox);
        Assert.False(due.IsDue);
        Assert.InRange(due.Next ?? default, TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(60));
    }

    [Fact]
    public async Task Retry_EachProbeFails_PausesTwiceAsLongUpToTheLongest()
    {
        await FailAsync(OutboxWorld.Pauses.AfterFailures);
        List<int?> pauses = [];
        for (var probe = 0; probe < 3; probe++)
        {
            await EndPauseAsync();
            await FailAsync(1);
            pauses.Add(await PauseSecondsAsync());
        }

        Assert.Equal([120, 240, 240], pauses);
    }

    [Fact]
    public async Task Retry_DeliveryThatBeganBeforeThePause_DoesNotMakeItLonger()
    {
        for (var n = 0; n <= OutboxWorld.Pauses.AfterFailures; n++)
        {
            await _world.PutAsync(_webhook);
        }

        foreach (var claim in await _world.ClaimAsync())
        {
            Assert.True(await _world.Recorder.RetryAsync(claim, "no", TimeSpan.Zero, counts: true, Token));
        }

        Assert.Equal((60, 4), (await PauseSecondsAsync(), await _world.ScalarAsync<int>("select consecutive_failures from webhooks")));
    }

    [Fact]
    public async Task Claim_PauseEnded_TriesOneAndItsSuccessFreesTheOthers()
    {
        await FailAsync(OutboxWorld.Pauses.AfterFailures);
        await _world.PutAsync(_webhook, "a:1");
        await _world.PutAsync(_webhook, "a:2");
        await _world.PutAsync(_webhook, "a:3");
        await EndPauseAsync();

        var probe = Assert.Single(await _world.ClaimAsync());
        Assert.True(probe.IsProbe);
        Assert.Empty(await _world.ClaimAsync());
        Assert.True(await _world.Recorder.DeliveredAsync(probe, Token));

        Assert.Equal([false, false], (await _world.ClaimAsync()).Select(claim => claim.IsProbe));
        Assert.Equal("0 0 none", await StateAsync());
    }

    [Fact]
    public async Task Retry_AttemptThatDoesNotCount_LeavesTheAttempts()
    {
        await _world.PutAsync(_webhook);
        var claim = Assert.Single(await _world.ClaimAsync());

        Assert.True(await _world.Recorder.RetryAsync(claim, "no", TimeSpan.Zero, counts: false, Token));

        Assert.Equal(0, Assert.Single(await _world.ClaimAsync()).Attempt);
        Assert.Equal(1, await _world.ScalarAsync<int>("select consecutive_failures from webhooks"));
    }

    [Fact]
    public async Task Change_Paused_KeepsWhatWaitsUntilItIsResumed()
    {
        await _world.PutAsync(_webhook);
        await _world.PutAsync("other");

        await PauseAsync(true);
        Assert.Equal("other", Assert.Single(await _world.ClaimAsync()).Target);
        Assert.DoesNotContain(await new DueTimeReader(_world.Source).ReadAsync(Token), time => time is { Area: DueArea.Outbox, IsDue: true });

        await PauseAsync(false);
        Assert.Equal(_webhook, Assert.Single(await _world.ClaimAsync()).Target);
    }

    [Fact]
    public async Task RetryAsync_DeadLettersAndAPause_MakesAllDueInTheirOrder()
    {
        var first = await _world.PutAsync(_webhook, "a:1");
        var second = await _world.PutAsync(_webhook, "a:1");
        foreach (var _ in new[] { first, second })
        {
            await _world.Recorder.DeadLetterAsync(Assert.Single(await _world.ClaimAsync()), "HTTP 404.", "HTTP 404.", disable: false, Token);
        }

        await FailAsync(1);
        Assert.NotNull(await PauseSecondsAsync());

        Assert.Equal(new WebhookRetry(Requeued: 2, Pending: 1), await Webhooks.RetryAsync("home", Guid.Parse(_webhook), Token));

        Assert.Null(await PauseSecondsAsync());
        var due = await _world.ListAsync("select dedupe_key from outbox where not_before <= now() order by sequence");
        Assert.Equal(3, due.Count);
        Assert.Equal([first, second], (await _world.ListAsync($"select id from outbox where id in ('{first}', '{second}') order by sequence")).Select(Guid.Parse));
        Assert.Null(await Webhooks.RetryAsync("other", Guid.Parse(_webhook), Token));
    }

    /// <summary>Fails deliveries to the webhook, one after the other; each stays for later.</summary>
    private async Task FailAsync(int times)
    {
        for (var n = 0; n < times; n++)
        {
            await _world.PutAsync(_webhook);
            var claim = Assert.Single(await _world.ClaimAsync(count: 1));
            Assert.True(await _world.Recorder.RetryAsync(claim, "Connection refused", TimeSpan.FromHours(1), counts: true, Token));
        }
    }

    private Task EndPauseAsync() => _world.ExecuteAsync("update webhooks set paused_until = now() where paused_until is not null");

    private async Task PauseAsync(bool paused) =>
        Assert.Equal(paused, (await Webhooks.ChangeAsync("home", Guid.Parse(_webhook), new WebhookChange(null, null, null, null, paused, null), Token))?.Paused);

    /// <summary>Length of the pause that began with the last failure.</summary>
    private Task<int?> PauseSecondsAsync() =>
        _world.ScalarAsync<int?>("select round(extract(epoch from paused_until - last_failure_at))::int from webhooks");

    private Task<string?> StateAsync() =>
        _world.ScalarAsync<string>("select concat_ws(' ', consecutive_failures, pauses, coalesce((paused_until)::text, failing_since::text, 'none')) from webhooks");

    private sealed class Contexts(OutboxWorld world) : IDbContextFactory<PlatformDbContext>
    {
        public PlatformDbContext CreateDbContext()
        {
            var options = new DbContextOptionsBuilder<PlatformDbContext>();
            StorageRegistration.Configure(options, world.Source);
            return new PlatformDbContext(options.Options);
        }
    }
}
