using Platform.Contracts.EventLog;
using Platform.Core.EventLog;
using Platform.Core.Outbox;

namespace Platform.Tests.Core.Outbox;

public sealed class EventSequencerTests(LocalPostgres postgres) : IAsyncLifetime
{
    private const string Positions = "select string_agg(position::text, ',' order by position) from event_log";

    private OutboxWorld _world = null!; // Set before each test.

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _world = await OutboxWorld.CreateAsync(postgres);

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task Run_EventsOfManyTransactions_AreNumberedWithoutGaps()
    {
        await _world.TellAsync(Message(1), Message(2));
        await _world.ExecuteAsync("begin; insert into event_inbox (id, tenant_id, type, data) values (gen_random_uuid(), 'home', 'message.created', '{}'); rollback");
        await _world.TellAsync(Message(3));

        Assert.Equal(3, await _world.Sequencer.RunAsync(Token));
        Assert.Equal(0, await _world.Sequencer.RunAsync(Token));

        Assert.Equal("1,2,3", await _world.ScalarAsync<string>(Positions));
        Assert.Equal(["1", "2", "3"], await _world.ListAsync("select data ->> 'n' from event_log order by position"));
        Assert.Equal(0L, await _world.ScalarAsync<long>("select count(*) from event_inbox"));
    }

    [Fact]
    public async Task Run_TransactionThatCommitsLate_ComesAfterWhatWasNumbered()
    {
        await using var late = await _world.Source.OpenConnectionAsync(Token);
        await using var transaction = await late.BeginTransactionAsync(Token);
        await using var batch = new Npgsql.NpgsqlBatch(late, transaction);
        PlatformEventWriter.AddTo(batch, [Message(1)]);
        await batch.ExecuteNonQueryAsync(Token);
        await _world.TellAsync(Message(2));

        Assert.Equal(1, await _world.Sequencer.RunAsync(Token));
        await transaction.CommitAsync(Token);
        Assert.Equal(1, await _world.Sequencer.RunAsync(Token));

        Assert.Equal(["2", "1"], await _world.ListAsync("select data ->> 'n' from event_log order by position"));
    }

    [Fact]
    public async Task Run_FromEightProcessesAtOnce_NumbersEachEventOnce()
    {
        var writing = Enumerable.Range(0, 40).Select(number => _world.TellAsync(Message(number)));
        var numbering = Enumerable.Range(0, 8).Select(async _ =>
        {
            var sum = 0;
            for (var round = 0; round < 20; round++)
            {
                sum += await _world.Sequencer.RunAsync(Token);
            }

            return sum;
        });

        var counts = Task.WhenAll(numbering);
        await Task.WhenAll(writing);
        var total = (await counts).Sum();
        total += await _world.Sequencer.RunAsync(Token);

        Assert.Equal(40, total);
        Assert.Equal(string.Join(',', Enumerable.Range(1, 40)), await _world.ScalarAsync<string>(Positions));
    }

    [Fact]
    public async Task Run_SequencerPausedInTheMiddle_AnotherGoesOn()
    {
        await _world.TellAsync(Message(1));
        await using var paused = await _world.Source.OpenConnectionAsync(Token);
        await using var transaction = await paused.BeginTransactionAsync(Token);
        await using var take = new Npgsql.NpgsqlCommand(EventSequencer.TakeHead, paused, transaction);
        Assert.Equal(0L, await take.ExecuteScalarAsync(Token));
        Assert.Equal(0, await _world.Sequencer.RunAsync(Token));

        await Eventually.TrueAsync(
            async token => await _world.Sequencer.RunAsync(token) == 1, TimeSpan.FromSeconds(15), "the paused one's lock is taken from it");

        Assert.Equal("1", await _world.ScalarAsync<string>(Positions));
    }

    [Theory]
    [InlineData("message.created", true)]
    [InlineData("message.*", true)]
    [InlineData("*", true)]
    [InlineData("activation.*", false)]
    [InlineData("activation.silent", false)]
    public async Task Run_AWebhookThatWantsAPattern_GetsWhatFits(string pattern, bool fits)
    {
        var webhook = await _world.SubscribeAsync([pattern]);
        await _world.TellAsync(Message(1));

        await _world.Sequencer.RunAsync(Token);

        Assert.Equal(fits ? [webhook.ToString()] : [], await _world.ListAsync("select target from outbox"));
    }

    [Fact]
    public async Task Run_FanOut_CarriesTheEventAndTheClaimThatMadeIt()
    {
        var webhook = await _world.SubscribeAsync(["*"]);
        var activation = Guid.CreateVersion7();
        var told = new NewPlatformEvent("home", EventTypes.ActivationSilent, """{"channel_id":"c1"}""", activation, 7);
        await _world.TellAsync(told);

        await _world.Sequencer.RunAsync(Token);

        var claim = Assert.Single(await _world.ClaimAsync());
        Assert.Equal((told.Id.ToString(), activation, 7L), (claim.DedupeKey, claim.ActivationId, claim.ActivationFence));
        var body = System.Text.Json.JsonElement.Parse(claim.Payload);
        Assert.Equal(["type", "timestamp", "id", "position", "data"], body.EnumerateObject().Select(property => property.Name));
        Assert.Equal("activation.silent", body.GetProperty("type").GetString());
        Assert.True(body.GetProperty("timestamp").TryGetDateTimeOffset(out _));
        Assert.Equal(1, body.GetProperty("position").GetInt64());
        Assert.Equal($"{webhook}:c1", await _world.ScalarAsync<string>("select ordering_key from outbox"));
    }

    [Fact]
    public async Task Run_OtherTenantsAndDisabledWebhooks_GetNothing()
    {
        await _world.ExecuteAsync("insert into tenants (id, name) values ('away', 'Away')");
        await _world.SubscribeAsync(["*"], tenant: "away");
        var disabled = await _world.SubscribeAsync(["*"]);
        await _world.ExecuteAsync($"update webhooks set enabled = false where id = '{disabled}'");
        await _world.TellAsync(Message(1));

        await _world.Sequencer.RunAsync(Token);

        Assert.Equal(0L, await _world.ScalarAsync<long>("select count(*) from outbox"));
    }

    [Fact]
    public async Task Run_EventsOfEffects_GoToThoseWhoNameThemAndNotToTheirSubject()
    {
        var all = await _world.SubscribeAsync(["*"]);
        var watcher = await _world.SubscribeAsync(["effect.*"]);
        await _world.TellAsync(
            new NewPlatformEvent("home", EventTypes.EffectDead, $$"""{"target":"{{all}}"}"""),
            new NewPlatformEvent("home", EventTypes.EffectDead, $$"""{"target":"{{watcher}}"}"""));

        await _world.Sequencer.RunAsync(Token);

        Assert.Equal([watcher.ToString()], await _world.ListAsync("select target from outbox"));
    }

    [Fact]
    public async Task Run_DayWithoutAPartition_MakesIt()
    {
        await _world.ExecuteAsync("do $$ declare part text; begin for part in select inhrelid::regclass::text from pg_inherits where inhparent = 'event_log'::regclass loop execute 'drop table ' || part; end loop; end $$");
        await _world.TellAsync(Message(1));

        Assert.Equal(1, await _world.Sequencer.RunAsync(Token));
    }

    private static NewPlatformEvent Message(int number) => new("home", EventTypes.MessageCreated, NewPlatformEvent.DataOf(new { n = number }));
}
