using Platform.Tests.Chaos.History;

namespace Platform.Tests.Chaos;

/// <summary>The platform that all scenarios disturb, one after the other: Postgres, Redis, Api and two workers of its own.</summary>
public sealed class ChaosPlatform : IAsyncLifetime
{
    /// <summary>So few that a test can take them all.</summary>
    public const int MaxConnections = 90;

    /// <summary>How long the platform may take until all that was asked of it is done: a lease, a wait after losses, and a machine that is busy.</summary>
    public static readonly TimeSpan Quiet = TimeSpan.FromSeconds(90);

    private PostgresServer? _postgres;
    private RedisServer? _redis;
    private TestPlatform? _platform;
    private WebhookReceiver? _receiver;

    public PostgresServer Postgres => _postgres ?? throw NotStarted();

    public RedisServer Redis => _redis ?? throw NotStarted();

    public TestPlatform Platform => _platform ?? throw NotStarted();

    /// <summary>Both workers; one that was killed is started again under the same name.</summary>
    public IReadOnlyList<HostProcess> Workers => Platform.Workers;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _postgres = await PostgresServer.StartNewAsync(Token, $"max_connections={MaxConnections}");
        _redis = await RedisServer.StartNewAsync(Token);
        _platform = await TestPlatform.StartAsync(_postgres, _redis.ConnectionString, Token);
        await _platform.AddHostAsync("Worker", Token);
        _receiver = await WebhookReceiver.StartAsync(Token);
        await _platform.Database.ExecuteAsync(
            $"""
            insert into webhooks (id, tenant_id, kind, origin, url, event_types, enabled)
            values (gen_random_uuid(), 'home', 'webhook', 'api', '{_receiver.BaseAddress}', array['activation.answered', 'activation.silent', 'activation.failed', 'activation.cancelled'], true)
            """,
            Token);
        // Long enough to be caught in the middle.
        _platform.Models.Default = _ => new ModelReply
        {
            Chunks = ["The tide", " turns", " at six."], FirstTokenDelay = TimeSpan.FromMilliseconds(60), ChunkDelay = TimeSpan.FromMilliseconds(30),
        };
    }

    public async ValueTask DisposeAsync()
    {
        await (_platform?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (_receiver?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (_redis?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (_postgres?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    /// <summary>Waits until every activation has ended, then checks that every promise of the load was kept.</summary>
    internal async Task AssertSoundAsync(ChaosLoad load, ITestOutputHelper output)
    {
        await load.StopAsync();
        var (stored, resumed) = await EndedAsync(load);
        var effects = stored.Select(one => $"{one.Id}").ToHashSet();
        for (var missing = int.MaxValue; missing > 0; missing = Missing(effects))
        {
            await Eventually.TrueAsync(() => Missing(effects) < missing, Quiet, $"fewer than {missing} ends of activations are still to be delivered");
        }

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

    /// <summary>Waits until all of the load's activations have ended; that may take long after a long load, but it must go on.</summary>
    private async Task<(IReadOnlyList<StoredActivation> Stored, int Resumed)> EndedAsync(ChaosLoad load)
    {
        var resumed = 0;
        var open = int.MaxValue;
        while (true)
        {
            IReadOnlyList<StoredActivation> stored = [];
            await Eventually.TrueAsync(
                async token =>
                {
                    stored = await HistoryReader.ReadAsync(Platform.Database, load.Conversations, token);
                    resumed += await RunAgainAsync(stored.Where(one => one.State == "parked"), token);
                    return stored.Count(IsOpen) < open;
                },
                Quiet,
                $"fewer than {open} activations are open; the workers say:\n{string.Join("\n\n", Workers.Select(worker => worker.Log))}");
            open = stored.Count(IsOpen);
            if (open == 0)
            {
                return (stored, resumed);
            }
        }
    }

    private int Missing(HashSet<string> effects) => effects.Except(Deliveries(effects).Select(one => one.Effect)).Count();

    private static bool IsOpen(StoredActivation one) => one.State is "queued" or "running" or "parked";

    /// <summary>Five workers in a row were killed under each, so they ask for a person: here is one.</summary>
    private async Task<int> RunAgainAsync(IEnumerable<StoredActivation> parked, CancellationToken cancellationToken)
    {
        var resumed = 0;
        foreach (var one in parked)
        {
            using var again = await Platform.Client.PostAsync(new Uri($"/api/v1/activations/{one.Id}/retry", UriKind.Relative), null, cancellationToken);
            resumed += again.IsSuccessStatusCode ? 1 : 0;
        }

        return resumed;
    }

    /// <summary>What the receiver took of some activations.</summary>
    private List<EffectDelivery> Deliveries(HashSet<string> activations) =>
    [
        .. (_receiver ?? throw NotStarted()).Deliveries
            .Select(one => new EffectDelivery(one.Id, one.Json.GetProperty("data").GetProperty("activation_id").GetString() ?? "", one.At))
            .Where(one => activations.Contains(one.Effect)),
    ];

    private static InvalidOperationException NotStarted() => new("It is started in InitializeAsync.");
}
