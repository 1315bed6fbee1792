namespace Platform.Tests.Worker.Activations;

/// <summary>A platform that puts an answer off twice, each time for a moment only.</summary>
public sealed class DeferringPlatform(LocalPostgres postgres, LocalRedis redis) : IAsyncLifetime
{
    private TestPlatform? _platform;

    public TestPlatform Platform => _platform ?? throw new InvalidOperationException("It is started in InitializeAsync.");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _platform = await TestPlatform.StartAsync(
        postgres,
        await redis.ConnectionStringAsync(Token),
        Token,
        settings => (settings["Activations__DeferDelays__0"], settings["Activations__DeferDelays__1"]) = ("00:00:00.05", "00:00:00.05"));

    public ValueTask DisposeAsync() => _platform?.DisposeAsync() ?? ValueTask.CompletedTask;
}
