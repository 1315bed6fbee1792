using Platform.Core.Generations;
using Platform.Core.Retention;
using Platform.Core.Storage;
using Platform.Core.Traces.Imports;
using Platform.Core.Traces.Verify;

namespace Platform.Worker.Features.Storage;

/// <summary>Puts into the worker what the schedules of upkeep and retention need.</summary>
internal static class UpkeepRegistration
{
    public static IHostApplicationBuilder AddUpkeep(this IHostApplicationBuilder builder)
    {
        builder.Services.AddRetention();
        builder.Services.AddSingleton<IndexInspection>();
        builder.Services.AddSingleton<ExpiredLeaseReader>();
        builder.Services.AddSingleton<OrphanedGenerations>();
        builder.Services.AddSingleton<ImportRuns>();
        builder.Services.AddSingleton<TraceOrphans>();
        builder.Services.AddHostedService<PartitionsAtStart>();
        return builder;
    }
}
