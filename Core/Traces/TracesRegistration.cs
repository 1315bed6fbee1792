using Microsoft.Extensions.DependencyInjection;
using Platform.Core.Overview;
using Platform.Core.Traces.ChapterX;

namespace Platform.Core.Traces;

/// <summary>Puts the reading and importing of traces into a host. Needs storage.</summary>
public static class TracesRegistration
{
    /// <summary>Registers <see cref="TraceSearch"/>, <see cref="TraceReader"/>, <see cref="OverviewReader"/>, <see cref="ImportRuns"/> and <see cref="ChapterXImporter"/>.</summary>
    public static IServiceCollection AddTraces(this IServiceCollection services) => services
        .AddSingleton<TraceSearch>()
        .AddSingleton<TraceReader>()
        .AddSingleton<OverviewReader>()
        .AddSingleton<ImportRuns>()
        .AddSingleton<ChapterXImporter>();
}
