using Platform.Tests.Chaos.History;

namespace Platform.Tests.Chaos;

/// <summary>The platform that all scenarios disturb, one after the other: Postgres, Redis, Api and two workers of its own.</summary>
public sealed class ChaosPlatform : IAsyncLifetime
{
    /// <summary>So few that a test can take them all.</summary>
    public const int MaxConnections = 90;

    /// <summary>How long the platform may take until all that was asked of it is done: a lease, a wait after losses, and a machine that is busy.</summary>
    public static readonly TimeSpan Quiet = TimeSpan.FromSeconds(90);

    private PostgresServer? postgres;
    private RedisServer? redis;
    private TestPlatform? platform;
    private WebhookReceiver? receiver;

    public PostgresServer Postgres => postgres ?? throw NotStarted();

    public RedisServer Redis => redis ?? throw NotStarted();

    public TestPlatform Platform => platform ?? throw NotStarted();

    /// <summary>Both workers; one that was killed is started again under the same name.</summary>
    public IReadOnlyList<HostProcess> Workers => Platform.Workers;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        postgres = await PostgresServer.StartNewAsync(Token, $"max_connections={MaxConnections}");
        redis = await RedisServer.StartNewAsync(Token);
        platform = await TestPlatform.StartAsync(postgres, redis.ConnectionString, Token);
        await platform.AddHostAsync("Worker", Token);
        receiver = await WebhookReceiver.StartAsync(Token);
        await platform.Database.ExecuteAsync(
            $"""
            insert into webhooks (id, tenant_id, kind, origin, url, event_types, enabled)
            values (gen_random_uuid(), 'home', 'webhook', 'api', '{receiver.BaseAddress}', array['activation.answered', 'activation.silent', 'activation.failed', 'activation.cancelled'], true)
            """,
            Token);
        // Long enough to be caught in the middle.
        platform.Models.Default = _ => new ModelReply
        {
            Chunks = ["The tide", " turns", " at six."], FirstTokenDelay = TimeSpan.FromMilliseconds(60), ChunkDelay = TimeSpan.FromMilliseconds(30),
        };
    }

    public async ValueTask DisposeAsync()
    {
        await (platform?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (receiver?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (redis?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (postgres?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    /// <summary>Waits until every activation has ended, then checks that every promise of the load was kept.</summary>
    internal async Task AssertSoundAsync(ChaosLoad load, ITestOutputHelper output)
    {
        await load.StopAsync();
        IReadOnlyList<StoredActivation> stored = [];
        var resumed = 0;
        await Eventually.TrueAsync(
            async token =>
            {
                stored = await HistoryReader.ReadAsync(Platform.Database, load.Conversations, token);
                foreach (var parked in stored.Where(one => one.State == "parked"))
                {
                    // Five workers in a row were killed under it, so it asks for a person: here is one.
                    using var again = await Platform.Client.PostAsync(new Uri($"/api/v1/activations/{parked.Id}/retry", UriKind.Relative), null, token);
                    resumed += again.IsSuccessStatusCode ? 1 : 0;
                }

                return stored.All(one => one.State is not ("queued" or "running" or "parked"));
            },
            Quiet,
            $"all activations end; the workers say:\n{string.Join("\n\n", Workers.Select(worker => worker.Log))}");
        var effects = stored.Select(one => $"{one.Id}").ToHashSet();
        await Eventually.TrueAsync(
            () => effects.IsSubsetOf(Deliveries(effects).Select(one => one.Effect)), Quiet, "the end of every activation is delivered to the receiver");
        var history = new ChaosHistory
        {
            Effects = [.. effects],
            Deliveries = Deliveries(effects),
            Posts = load.Posts,
            Activations = stored,
            Followed = await load.FollowedAsync(),
            Disturbances = load.Disturbances,
        };
        output.WriteLine($"{load.Posts.Count} posts acknowledged, {load.Refused} not; {stored.Count} activations: "
            + string.Join(", ", stored.CountBy(one => one.State).Select(pair => $"{pair.Value} {pair.Key}")));
        output.WriteLine($"{history.Deliveries.Count} deliveries of {effects.Count} effects; {resumed} parked activations run again");
        Assert.NotEmpty(history.Posts);
        Assert.Empty(HistoryCheck.Problems(history));
    }

    /// <summary>What the receiver took of some activations.</summary>
    private List<EffectDelivery> Deliveries(HashSet<string> activations) =>
    [
        .. (receiver ?? throw NotStarted()).Deliveries
            .Select(one => new EffectDelivery(one.Id, one.Json.GetProperty("data").GetProperty("activation_id").GetString() ?? "", one.At))
            .Where(one => activations.Contains(one.Effect)),
    ];

    private static InvalidOperationException NotStarted() => new("It is started in InitializeAsync.");
}
