using Microsoft.Extensions.Hosting;
using OpenTelemetry;
using OpenTelemetry.Extensions.Hosting.Implementation;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers the OpenTelemetry SDK.</summary>
public static class OpenTelemetryServicesExtensions
{
    /// <summary>Adds the SDK to the services; it starts before the other hosted services. May be called again.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> is null.</exception>
    public static OpenTelemetryBuilder AddOpenTelemetry(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);

        var present = services.Any(service => service.ServiceType == typeof(IHostedService)
            && service.ImplementationType == typeof(TelemetryHostedService));
        if (!present)
        {
            services.Insert(0, ServiceDescriptor.Singleton<IHostedService, TelemetryHostedService>());
        }

        return new OpenTelemetryBuilder(services);
    }
}
