using Microsoft.Extensions.DependencyInjection;

namespace Platform.Core.Statistics;

/// <summary>Puts statistics into a host. Needs storage.</summary>
public static class StatisticsRegistration
{
    /// <summary>Registers <see cref="StatisticsReader"/> and <see cref="SilenceReader"/>.</summary>
    public static IServiceCollection AddStatistics(this IServiceCollection services) => services
        .AddSingleton<StatisticsReader>()
        .AddSingleton<SilenceReader>();
}
