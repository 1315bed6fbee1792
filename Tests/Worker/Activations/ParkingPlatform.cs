namespace Platform.Tests.Worker.Activations;

/// <summary>A platform that parks an answer as soon as its worker was lost once.</summary>
public sealed class ParkingPlatform(LocalPostgres postgres, LocalRedis redis) : IAsyncLifetime
{
    private TestPlatform? platform;

    public TestPlatform Platform => platform ?? throw new InvalidOperationException("It is started in InitializeAsync.");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => platform = await TestPlatform.StartAsync(
        postgres, await redis.ConnectionStringAsync(Token), Token, settings => settings["Activations__MaxAttempts"] = "1");

    public ValueTask DisposeAsync() => platform?.DisposeAsync() ?? ValueTask.CompletedTask;
}
