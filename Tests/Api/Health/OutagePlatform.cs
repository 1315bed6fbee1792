namespace Platform.Tests.Api.Health;

/// <summary>A whole platform over a Postgres and a Redis of its own, which tests take away and give back.</summary>
public sealed class OutagePlatform : IAsyncLifetime
{
    private PostgresServer? postgres;
    private RedisServer? redis;
    private TestPlatform? platform;

    public PostgresServer Postgres => postgres ?? throw new InvalidOperationException("It is started in InitializeAsync.");

    public RedisServer Redis => redis ?? throw new InvalidOperationException("It is started in InitializeAsync.");

    public TestPlatform Platform => platform ?? throw new InvalidOperationException("It is started in InitializeAsync.");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        postgres = await PostgresServer.StartNewAsync(Token);
        redis = await RedisServer.StartNewAsync(Token);
        platform = await TestPlatform.StartAsync(postgres, redis.ConnectionString, Token);
    }

    public async ValueTask DisposeAsync()
    {
        await (platform?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (redis?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (postgres?.DisposeAsync() ?? ValueTask.CompletedTask);
    }
}
