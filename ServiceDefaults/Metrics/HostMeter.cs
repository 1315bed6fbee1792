using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Hosting;
using Platform.ServiceDefaults.Startup;

namespace Platform.ServiceDefaults.Metrics;

/// <summary>Process metrics beyond the runtime's own metrics.</summary>
internal sealed class HostMeter(IMeterFactory meters, BuildInformation build) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        var meter = meters.Create("Platform.Host");
        using var process = Process.GetCurrentProcess();
        var startedAt = (process.StartTime.ToUniversalTime() - DateTime.UnixEpoch).TotalSeconds;
        var labels = new KeyValuePair<string, object?>[]
        {
            new("service", build.Service),
            new("version", build.Version),
            new("commit", build.Commit ?? ""),
            new("environment", build.Environment),
        };
        meter.CreateObservableGauge("platform.build.info", () => new Measurement<int>(1, labels), description: "Version and commit of the running build; always 1.");
        meter.CreateObservableGauge("process.start_time", () => startedAt, "s", "Start time of the process since the Unix epoch.");
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
