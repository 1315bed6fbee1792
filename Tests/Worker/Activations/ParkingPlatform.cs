namespace Platform.Tests.Worker.Activations;

/// <summary>A platform that parks an answer as soon as its worker was lost once.</summary>
public sealed class ParkingPlatform(LocalPostgres postgres, LocalRedis redis) : IAsyncLifetime
{
    private TestPlatform? _platform;

    public TestPlatform Platform => _platform ?? throw new InvalidOperationException("It is started in InitializeAsync.");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _platform = await TestPlatform.StartAsync(
        postgres, await redis.ConnectionStringAsync(Token), Token, settings => settings["Activations__MaxAttempts"] = "1");

    public ValueTask DisposeAsync() => _platform?.DisposeAsync() ?? ValueTask.CompletedTask;
}
