using Microsoft.Extensions.DependencyInjection;

namespace Platform.Core.Statistics;

/// <summary>Registers statistics in a host. Needs storage.</summary>
public static class StatisticsRegistration
{
    /// <summary>Registers <see cref="StatisticsReader"/> and <see cref="SilenceReader"/>.</summary>
    public static IServiceCollection AddStatistics(this IServiceCollection services) => services
        .AddSingleton<StatisticsReader>()
        .AddSingleton<SilenceReader>();
}
