using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Platform.ServiceDefaults.Shutdown;

/// <summary>Lets a host finish what runs before it ends.</summary>
internal static class DrainRegistration
{
    public static void AddDraining(this IServiceCollection services)
    {
        services.AddOptions<ShutdownOptions>().BindConfiguration(ShutdownOptions.Section).ValidateOnStart();
        services.AddOptions<HostOptions>().Configure<IOptions<ShutdownOptions>>((host, shutdown) =>
            host.ShutdownTimeout = shutdown.Value.Timeout);
        services.AddSingleton<DrainState>();
        services.AddHostedService<RequestDrain>();
    }
}
