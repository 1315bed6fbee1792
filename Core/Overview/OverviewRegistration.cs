using Microsoft.Extensions.DependencyInjection;

namespace Platform.Core.Overview;

/// <summary>Registers the figures of the first page in a host. Needs storage.</summary>
public static class OverviewRegistration
{
    /// <summary>Registers <see cref="OverviewReader"/>.</summary>
    public static IServiceCollection AddOverview(this IServiceCollection services) => services.AddSingleton<OverviewReader>();
}
