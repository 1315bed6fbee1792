namespace Platform.Tests.Infrastructure;

/// <summary>One <see cref="TestPlatform"/> for the tests of <see cref="SharedPlatformCollection"/>. Started when first used.</summary>
public sealed class SharedPlatform(LocalPostgres postgres, LocalRedis redis) : IAsyncDisposable
{
    private readonly SemaphoreSlim _starting = new(1, 1);
    private TestPlatform? _platform;

    public async Task<TestPlatform> GetAsync(CancellationToken cancellationToken)
    {
        await _starting.WaitAsync(cancellationToken);
        try
        {
            return _platform ??= await TestPlatform.StartAsync(postgres, await redis.ConnectionStringAsync(cancellationToken), cancellationToken);
        }
        finally
        {
            _starting.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await (_platform?.DisposeAsync() ?? ValueTask.CompletedTask);
        _starting.Dispose();
    }
}
