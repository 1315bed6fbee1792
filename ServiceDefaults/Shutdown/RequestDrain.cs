using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Platform.ServiceDefaults.Shutdown;

/// <summary>
/// Keeps the server listening while running requests end, so that <c>/ready</c> can answer 503; then the host stops its
/// services. A long answer ends itself when <see cref="IHostApplicationLifetime.ApplicationStopping"/> fires.
/// </summary>
internal sealed partial class RequestDrain(
    DrainState state,
    IHostApplicationLifetime lifetime,
    IOptions<ShutdownOptions> options,
    TimeProvider clock,
    ILogger<RequestDrain> logger) : IHostedLifecycleService, IDisposable
{
    private CancellationTokenRegistration _registration;

    public Task StartingAsync(CancellationToken cancellationToken)
    {
        _registration = lifetime.ApplicationStopping.Register(() => _ = state.BeginAsync());
        return Task.CompletedTask;
    }

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        lifetime.StopApplication();
        var patience = options.Value.Timeout * 0.8;
        try
        {
            await state.BeginAsync().WaitAsync(patience, clock, cancellationToken);
        }
        catch (TimeoutException)
        {
            LogImpatience(patience.TotalSeconds);
        }
        catch (OperationCanceledException)
        {
            LogImpatience(patience.TotalSeconds);
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _registration.Dispose();

    [LoggerMessage(LogLevel.Warning, "Requests were still running {Seconds} s after shutdown began; they are aborted.")]
    private partial void LogImpatience(double seconds);
}
