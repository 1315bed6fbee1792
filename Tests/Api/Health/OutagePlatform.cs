namespace Platform.Tests.Api.Health;

/// <summary>A whole platform over a Postgres and a Redis of its own, which tests take away and give back.</summary>
public sealed class OutagePlatform : IAsyncLifetime
{
    private PostgresServer? _postgres;
    private RedisServer? _redis;
    private TestPlatform? _platform;

    public PostgresServer Postgres => _postgres ?? throw new InvalidOperationException("It is started in InitializeAsync.");

    public RedisServer Redis => _redis ?? throw new InvalidOperationException("It is started in InitializeAsync.");

    public TestPlatform Platform => _platform ?? throw new InvalidOperationException("It is started in InitializeAsync.");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _postgres = await PostgresServer.StartNewAsync(Token);
        _redis = await RedisServer.StartNewAsync(Token);
        _platform = await TestPlatform.StartAsync(_postgres, _redis.ConnectionString, Token, settings => settings["Rehearsal__TokensPerSecond"] = "0");
    }

    public async ValueTask DisposeAsync()
    {
        await (_platform?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (_redis?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (_postgres?.DisposeAsync() ?? ValueTask.CompletedTask);
    }
}
