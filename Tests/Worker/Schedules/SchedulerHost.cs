using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Platform.Core.Retention;
using Platform.Core.Storage;
using Platform.Worker.Features.Activations;
using Platform.Worker.Features.DueTimes;
using Platform.Worker.Features.Jobs;
using Platform.Worker.Features.Schedules;

namespace Platform.Tests.Worker.Schedules;

/// <summary>A worker that only schedules, with a list and a clock of the test's own.</summary>
internal sealed class SchedulerHost : IAsyncDisposable
{
    private readonly IHost _host;
    private bool _stopped;

    private SchedulerHost(IHost host) => _host = host;

    /// <summary>The name under which it leads.</summary>
    public string Name => _host.Services.GetRequiredService<WorkerIdentity>().Name;

    public static async Task<SchedulerHost> StartAsync(
        TestDatabase database, CancellationToken cancellationToken, TimeSpan skew = default, params ScheduleEntry[] entries)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ApplicationName = "tests-scheduler" });
        builder.Configuration.AddInMemoryCollection([new($"ConnectionStrings:{StorageOptions.ConnectionName}", database.ConnectionString)]);
        builder.AddStorage(maxConnections: 10);
        builder.Services.AddSingleton<TimeProvider>(new SkewedClock(skew));
        builder.Services.AddSingleton<WorkerIdentity>();
        builder.Services.AddRetention();
        builder.AddDueTimes();
        builder.AddJobServer();
        builder.AddSchedules(new ScheduleList(entries));
        var host = builder.Build();
        await host.StartAsync(cancellationToken);
        return new SchedulerHost(host);
    }

    public TService Get<TService>()
        where TService : notnull => _host.Services.GetRequiredService<TService>();

    /// <summary>SIGTERM.</summary>
    public Task StopAsync()
    {
        _stopped = true;
        return _host.StopAsync(CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_stopped)
        {
            await StopAsync();
        }

        _host.Dispose();
    }
}
