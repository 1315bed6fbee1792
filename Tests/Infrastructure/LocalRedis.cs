namespace Platform.Tests.Infrastructure;

/// <summary>
/// The Redis that a test run shares, started when the first test asks. Keys and channels of all test classes meet in it, which
/// is no harm while they carry ids; a class that lists keys, flushes, or stops Redis starts a <see cref="RedisServer"/> of its own.
/// </summary>
public sealed class LocalRedis : IAsyncDisposable
{
    private readonly SemaphoreSlim _starting = new(1, 1);
    private RedisServer? _server;

    /// <summary>The shared server's connection string.</summary>
    public async Task<string> ConnectionStringAsync(CancellationToken cancellationToken)
    {
        await _starting.WaitAsync(cancellationToken);
        try
        {
            _server ??= await RedisServer.StartNewAsync(cancellationToken);
            return _server.ConnectionString;
        }
        finally
        {
            _starting.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await (_server?.DisposeAsync() ?? ValueTask.CompletedTask);
        _starting.Dispose();
    }
}
