using Hangfire.Server;
using Microsoft.Extensions.Hosting;

namespace Hangfire;

/// <summary>Serves jobs from the moment the application has started until it stops.</summary>
internal sealed class BackgroundJobServerHostedService(IJobServer server, IHostApplicationLifetime lifetime) : IHostedService, IDisposable
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        lifetime.ApplicationStarted.Register(server.Start);
        lifetime.ApplicationStopping.Register(server.SendStop);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => server.StopAsync(cancellationToken);

    public void Dispose() => server.Dispose();
}
