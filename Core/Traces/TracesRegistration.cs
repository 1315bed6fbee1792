using Microsoft.Extensions.DependencyInjection;
using Platform.Core.Traces.ChapterX;
using Platform.Core.Traces.Diff;
using Platform.Core.Traces.Export;
using Platform.Core.Traces.Imports;
using Platform.Core.Traces.Verify;
using Platform.Core.Traces.Viewer;

namespace Platform.Core.Traces;

/// <summary>Registers the reading and importing of traces in a host. Needs storage.</summary>
public static class TracesRegistration
{
    /// <summary>Registers <see cref="TraceListReader"/>, <see cref="TraceCounter"/>, <see cref="TraceFacets"/>, <see cref="TraceReader"/>, <see cref="TraceSurroundings"/>, <see cref="ViewerTraces"/>, <see cref="ImportRuns"/>, <see cref="TraceDiffer"/>, <see cref="TraceExporter"/>, <see cref="TraceOrphans"/>, <see cref="TraceVerifier"/>, <see cref="ChapterXImporter"/> and <see cref="ChapterXExporter"/>.</summary>
    public static IServiceCollection AddTraces(this IServiceCollection services) => services
        .AddSingleton<TraceListReader>()
        .AddSingleton<TraceCounter>()
        .AddSingleton<TraceFacets>()
        .AddSingleton<TraceReader>()
        .AddSingleton<TraceSurroundings>()
        .AddSingleton<ViewerTraces>()
        .AddImportMemory()
        .AddSingleton<ImportRuns>()
        .AddSingleton<TraceDiffer>()
        .AddSingleton<TraceExporter>()
        .AddSingleton<TraceOrphans>()
        .AddSingleton<TraceVerifier>()
        .AddSingleton<ChapterXImporter>()
        .AddSingleton<ChapterXExporter>();

    /// <summary>Registers <see cref="ImportMemory"/>, which all imports of a process share.</summary>
    public static IServiceCollection AddImportMemory(this IServiceCollection services)
    {
        services.AddOptions<ImportOptions>().BindConfiguration(ImportOptions.Section).ValidateOnStart();
        return services.AddSingleton<ImportMemory>();
    }
}
