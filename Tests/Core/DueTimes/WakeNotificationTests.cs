using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Platform.Contracts.Activations;
using Platform.Contracts.EventLog;
using Platform.Contracts.Outbox;
using Platform.Contracts.Replays;
using Platform.Core.Activations.Completion;
using Platform.Core.Activations.Context;
using Platform.Core.Activations.Queue;
using Platform.Core.Activations;
using Platform.Core.Conversations;
using Platform.Core.EventLog;
using Platform.Core.Generations;
using Platform.Core.Models.Calls;
using Platform.Core.Outbox;
using Platform.Core.Replays;
using Platform.Core.Runs;
using Platform.Core.Storage;
using Platform.Tests.Core.Activations;
using Platform.Tests.Core.Outbox;
using StackExchange.Redis;

namespace Platform.Tests.Core.DueTimes;

/// <summary>Whatever gives somebody work notifies them: without it the work would be found up to a second later, which no test of the work itself sees.</summary>
public sealed class WakeNotificationTests(LocalPostgres postgres, LocalRedis redis) : IAsyncLifetime
{
    private QueueHost? _host;

    private QueueHost Host => _host ?? throw new InvalidOperationException("The host is made in InitializeAsync.");

    private NpgsqlDataSource Source => Host.Get<NpgsqlDataSource>();

    private OutboxQueue Outbox => new(Source);

    private DeliveryRecorder Recorder => new(Source, OutboxWorld.Pauses);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _host = await QueueHost.StartAsync(postgres, Token);

    public async ValueTask DisposeAsync() => await (_host?.DisposeAsync() ?? ValueTask.CompletedTask);

    [Fact]
    public async Task Post_Message_NotifiesRunnerAndSequencer()
    {
        var bot = await Host.BotAsync("bot", Token);
        var channel = (await Host.ChannelsAsync(bot, 1, Token))[0];
        var author = await Host.Database.ScalarAsync<Guid>("select id from authors where handle = 'you'", Token);

        await NotifiesAsync(
            [ActivationQueue.WakeChannel, PlatformEventWriter.WakeChannel],
            async () => Assert.NotNull(await new ConversationWriter(Source).PostAsync(new NewMessage("home", channel, author, "Hello.", null, null, null), Token)));
    }

    [Fact]
    public async Task HandBack_Activation_NotifiesRunner()
    {
        var claim = await ClaimAsync();

        await NotifiesAsync([ActivationQueue.WakeChannel], async () => Assert.Equal(1, await Host.Queue.HandBackAsync([claim], Token)));
    }

    [Fact]
    public async Task SettleLosses_ActivationIsParked_NotifiesSequencer()
    {
        await ClaimAsync();
        await Host.Database.ExecuteAsync("update activations set losses = 4, lease_until = now() - interval '1 second'", Token);

        // Nothing counts as lost until Postgres has run for a lease.
        await NotifiesAsync([PlatformEventWriter.WakeChannel], () => Eventually.TrueAsync(
            async token => (await Host.Queue.SettleLossesAsync("w", 1, [], 5, token)).ParkedChannels.Count == 1, TestPlatform.Patience, "it is parked"));
    }

    [Fact]
    public async Task RunAgain_ParkedActivation_NotifiesRunnerAndSequencer()
    {
        var id = await Host.EnqueueOneAsync(Token);
        await Host.Database.ExecuteAsync("update activations set state = 'parked', losses = 5", Token);

        await WithControlAsync(control => NotifiesAsync(
            [ActivationQueue.WakeChannel, PlatformEventWriter.WakeChannel],
            async () => Assert.Equal(ActivationChange.Done, await control.RequeueAsync("home", id, Token))));
    }

    [Fact]
    public async Task Cancel_RunningActivation_NotifiesItsWorker()
    {
        var claim = await ClaimAsync();

        await WithControlAsync(control => NotifiesAsync(
            [ActivationQueue.CancelChannel],
            async () => Assert.Equal(ActivationChange.Asked, await control.CancelAsync("home", claim.Id, "you", Token)),
            payload: $"{claim.Id}"));
    }

    [Fact]
    public async Task Defer_Activation_NotifiesSequencer()
    {
        var claim = await ClaimAsync();
        var call = new ModelCallResult { Model = "test-model", StartedAt = DateTimeOffset.UnixEpoch, Error = new ModelError("rate_limited", "Slow down.") };

        await NotifiesAsync(
            [PlatformEventWriter.WakeChannel],
            async () => Assert.True(await Host.Get<ActivationDeferral>().DeferAsync(claim, call, TimeSpan.FromMinutes(4), Token)));
    }

    [Fact]
    public async Task Complete_SilentActivation_NotifiesSequencer()
    {
        var claim = await ClaimAsync();

        await NotifiesAsync([PlatformEventWriter.WakeChannel], async () => Assert.Single(await Host.EndSilentAsync([claim], Token)));
    }

    [Fact]
    public async Task Complete_AnsweredActivation_NotifiesSequencer()
    {
        var claim = await ClaimAsync();
        var facts = await Host.Get<ActivationFactsReader>().ReadAsync([claim], Token);
        var record = facts[claim.Id].Begin(claim, "test", TimeProvider.System) with
        {
            State = ActivationState.Answered,
            AnswerMessageId = Guid.CreateVersion7(),
            Text = "Yes.",
            Calls = [new ModelCallResult { Model = "test-model", StartedAt = DateTimeOffset.UnixEpoch }],
        };

        await NotifiesAsync([PlatformEventWriter.WakeChannel], async () => Assert.True(await Host.Get<ActivationCompletion>().CompleteAsync(record, Token)));
    }

    [Fact]
    public async Task Sequence_EventThatAWebhookWants_NotifiesFollowersAndRelay()
    {
        await Host.Database.ExecuteAsync(
            """
            insert into webhooks (id, tenant_id, kind, origin, url, event_types) values (gen_random_uuid(), 'home', 'webhook', 'api', 'http://127.0.0.1:9/', array['*']);
            insert into event_inbox (id, tenant_id, type, data) values (gen_random_uuid(), 'home', 'message.created', '{}')
            """,
            Token);

        await NotifiesAsync(
            [EventSequencer.NumberedChannel, OutboxQueue.WakeChannel],
            async () => Assert.Equal(1, await new EventSequencer(Source, new DayPartitions(Source)).RunAsync(Token)));
    }

    [Fact]
    public async Task Add_Effect_NotifiesRelay() => await NotifiesAsync([OutboxQueue.WakeChannel], PutAsync);

    [Fact]
    public async Task HandBack_Effect_NotifiesRelay()
    {
        var claim = await ClaimEffectAsync();

        await NotifiesAsync([OutboxQueue.WakeChannel], async () => Assert.True(await Recorder.HandBackAsync(claim, Token)));
    }

    [Fact]
    public async Task Delivered_Effect_NotifiesSequencer()
    {
        var claim = await ClaimEffectAsync();

        await NotifiesAsync([PlatformEventWriter.WakeChannel], async () => Assert.True(await Recorder.DeliveredAsync(claim, Token)));
    }

    [Fact]
    public async Task BuryThenRequeue_Effect_NotifiesSequencerThenRelay()
    {
        var claim = await ClaimEffectAsync();

        await NotifiesAsync([PlatformEventWriter.WakeChannel], async () => Assert.True(await Recorder.DeadLetterAsync(claim, "HTTP 404.", "HTTP 404.", disable: false, Token)));
        await NotifiesAsync([OutboxQueue.WakeChannel], async () => Assert.True(await new DeadLetterStore(Source).RequeueAsync("home", claim.Id, Token)));
    }

    [Fact]
    public async Task Add_Replay_NotifiesRunner()
    {
        var store = new ReplayStore(Source, Host.Get<IDbContextFactory<PlatformDbContext>>());
        var replay = new Replay
        {
            Id = Guid.CreateVersion7(), TenantId = "home", TraceId = Guid.CreateVersion7(), LlmCallId = Guid.CreateVersion7(), Mode = ReplayMode.Live, AskedModel = "m",
        };

        await NotifiesAsync([ReplayQueue.WakeChannel], async () => Assert.True(await store.AddAsync(replay, Token)));
    }

    /// <summary>Does something and waits until Postgres has notified all of the channels.</summary>
    private async Task NotifiesAsync(string[] channels, Func<Task> act, string payload = "")
    {
        await using var connection = await Host.Database.OpenAsync(Token);
        HashSet<(string Channel, string Payload)> heard = [];
        connection.Notification += (_, notification) => heard.Add((notification.Channel, notification.Payload));
        await using var listen = new NpgsqlCommand(string.Concat(channels.Select(channel => $"listen {channel};")), connection);
        await listen.ExecuteNonQueryAsync(Token);

        await act();

        while (!channels.All(channel => heard.Contains((channel, payload))))
        {
            Assert.True(await connection.WaitAsync(TestPlatform.Patience, Token), $"{string.Join(" and ", channels)} are notified; heard: {string.Join(", ", heard)}");
        }
    }

    private async Task WithControlAsync(Func<ActivationControl, Task> act)
    {
        await using var connection = await ConnectionMultiplexer.ConnectAsync(await redis.ConnectionStringAsync(Token));
        await act(new ActivationControl(
            Source,
            Host.Get<ActivationFactsReader>(),
            Host.Get<ActivationDeferral>(),
            Host.Get<ActivationCompletion>(),
            new LiveChannel(connection, NullLogger<LiveChannel>.Instance),
            TimeProvider.System));
    }

    private async Task<ActivationClaim> ClaimAsync()
    {
        await Host.EnqueueOneAsync(Token);
        return Assert.Single(await Host.Queue.ClaimWaitingAsync("w", 1, Token));
    }

    private async Task<EffectClaim> ClaimEffectAsync()
    {
        await PutAsync();
        return Assert.Single(await Outbox.ClaimAsync("w", 1, 1, [], Token));
    }

    private async Task PutAsync()
    {
        await using var connection = await Source.OpenConnectionAsync(Token);
        await using var batch = new NpgsqlBatch(connection);
        OutboxWriter.AddTo(batch, new NewEffect("home", EffectKind.Webhook, "a", "the-key", "{}", EventType: EventTypes.MessageCreated));
        await batch.ExecuteNonQueryAsync(Token);
    }
}
