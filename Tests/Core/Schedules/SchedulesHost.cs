using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Platform.Contracts.Schedules;
using Platform.Core.Schedules;
using Platform.Core.Storage;

namespace Platform.Tests.Core.Schedules;

/// <summary>What a worker needs to schedule, over a test's database and without a worker.</summary>
internal sealed class SchedulesHost : IDisposable
{
    private readonly IHost _host;

    public SchedulesHost(TestDatabase database)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ApplicationName = "tests-schedules" });
        builder.Configuration.AddInMemoryCollection([new($"ConnectionStrings:{StorageOptions.ConnectionName}", database.ConnectionString)]);
        builder.AddStorage(maxConnections: 5);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddScheduling();
        builder.Services.AddScheduleReader();
        _host = builder.Build();
    }

    public LeaderLease Lease => _host.Services.GetRequiredService<LeaderLease>();

    public ScheduleStore Store => _host.Services.GetRequiredService<ScheduleStore>();

    public ScheduleRuns Runs => _host.Services.GetRequiredService<ScheduleRuns>();

    public ScheduleReader Reader => _host.Services.GetRequiredService<ScheduleReader>();

    public static ScheduleDefinition Definition(string name, Cadence? cadence = null, int maxAttempts = 3) => new(
        name, $"Does {name}.", cadence ?? Cadence.Every(TimeSpan.FromHours(1)), ScheduleRunner.Leader, TimeSpan.FromMinutes(1), maxAttempts);

    /// <summary>Takes leadership, whoever has it.</summary>
    public async Task<Leadership> LeadAsync(TestDatabase database, string owner, CancellationToken cancellationToken)
    {
        await database.ExecuteAsync("update leaders set until = now() - interval '1 second'", cancellationToken);
        return await Lease.TryTakeAsync(owner, cancellationToken) ?? throw new InvalidOperationException("The lease was free.");
    }

    public void Dispose() => _host.Dispose();
}
