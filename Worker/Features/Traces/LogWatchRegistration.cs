using Platform.Core.Traces;
using Platform.Core.Traces.ChapterX;

namespace Platform.Worker.Features.Traces;

/// <summary>Registers the watched logs folders in the worker.</summary>
internal static class LogWatchRegistration
{
    public static IHostApplicationBuilder AddLogWatches(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<LogWatchOptions>().BindConfiguration(LogWatchOptions.Section).ValidateOnStart();
        builder.Services.AddImportMemory();
        builder.Services.AddSingleton<LogWatch>();
        builder.Services.AddHostedService<LogWatchService>();
        return builder;
    }
}
