using Platform.Core.Generations;
using Platform.Core.Retention;
using Platform.Core.Storage;
using Platform.Core.Traces;
using Platform.Core.Traces.Imports;
using Platform.Core.Traces.Verify;

namespace Platform.Worker.Features.Storage;

/// <summary>Registers the scheduled jobs for maintenance and retention.</summary>
internal static class MaintenanceRegistration
{
    public static IHostApplicationBuilder AddMaintenance(this IHostApplicationBuilder builder)
    {
        builder.Services.AddRetention();
        builder.Services.AddSingleton<IndexInspection>();
        builder.Services.AddSingleton<ExpiredLeaseReader>();
        builder.Services.AddSingleton<OrphanedGenerations>();
        builder.Services.AddSingleton<ImportRuns>();
        builder.Services.AddSingleton<TraceOrphans>();
        builder.Services.AddSingleton<WordRenewer>();
        builder.Services.AddHostedService<PartitionsAtStart>();
        return builder;
    }
}
