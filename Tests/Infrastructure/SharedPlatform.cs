namespace Platform.Tests.Infrastructure;

/// <summary>One <see cref="TestPlatform"/> for the tests of <see cref="SharedPlatformCollection"/>. Started when first used.</summary>
public sealed class SharedPlatform(LocalPostgres postgres, LocalRedis redis) : IAsyncDisposable
{
    private readonly SemaphoreSlim starting = new(1, 1);
    private TestPlatform? platform;

    public async Task<TestPlatform> GetAsync(CancellationToken cancellationToken)
    {
        await starting.WaitAsync(cancellationToken);
        try
        {
            return platform ??= await TestPlatform.StartAsync(postgres, await redis.ConnectionStringAsync(cancellationToken), cancellationToken);
        }
        finally
        {
            starting.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await (platform?.DisposeAsync() ?? ValueTask.CompletedTask);
        starting.Dispose();
    }
}
