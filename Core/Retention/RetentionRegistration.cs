using Microsoft.Extensions.DependencyInjection;

namespace Platform.Core.Retention;

/// <summary>Registers retention in a host. Needs storage.</summary>
public static class RetentionRegistration
{
    /// <summary>Registers <see cref="RetentionSweep"/>, <see cref="SizeCap"/> and <see cref="RetentionReader"/>, with validated settings.</summary>
    public static IServiceCollection AddRetention(this IServiceCollection services)
    {
        services.AddOptions<RetentionOptions>().BindConfiguration(RetentionOptions.Section).ValidateOnStart();
        return services
            .AddSingleton<BodyRetention>()
            .AddSingleton<TraceRetention>()
            .AddSingleton<ImportedTraceRetention>()
            .AddSingleton<EventRetention>()
            .AddSingleton<RetentionLog>()
            .AddSingleton<RetentionClasses>()
            .AddSingleton<RetentionSweep>()
            .AddSingleton<SizeCap>()
            .AddSingleton<RetentionReader>();
    }
}
