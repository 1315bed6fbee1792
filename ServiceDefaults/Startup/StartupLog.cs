using System.Runtime.InteropServices;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Platform.ServiceDefaults.Startup;

/// <summary>Logs one line at start and one at stop.</summary>
internal sealed partial class StartupLog(BuildInformation build, IHostApplicationLifetime lifetime, ILogger<StartupLog> logger) : IHostedService
{
    private CancellationTokenRegistration _started;
    private CancellationTokenRegistration _stopping;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _started = lifetime.ApplicationStarted.Register(() =>
            LogStart(build.Service, build.Version, build.Commit ?? "unknown commit", build.Environment, RuntimeInformation.FrameworkDescription));
        _stopping = lifetime.ApplicationStopping.Register(() => LogStop(build.Service));
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _started.DisposeAsync();
        await _stopping.DisposeAsync();
    }

    [LoggerMessage(LogLevel.Information, "{Service} {Version} ({Commit}) started in {Environment} on {Runtime}.")]
    private partial void LogStart(string service, string version, string commit, string environment, string runtime);

    [LoggerMessage(LogLevel.Information, "{Service} is stopping.")]
    private partial void LogStop(string service);
}
