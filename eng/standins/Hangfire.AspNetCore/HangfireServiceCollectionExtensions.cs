using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Hangfire;

public static class HangfireServiceCollectionExtensions
{
    public static IServiceCollection AddHangfire(this IServiceCollection services, Action<IGlobalConfiguration> configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        return services.AddHangfire((_, global) => configuration(global));
    }

    /// <summary>Registers <see cref="JobStorage"/> and <see cref="IBackgroundJobClient"/>; the configuration runs when the first of them is asked for.</summary>
    public static IServiceCollection AddHangfire(this IServiceCollection services, Action<IServiceProvider, IGlobalConfiguration> configuration)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configuration);
        services.AddSingleton<IGlobalConfiguration>(provider =>
        {
            var own = new GlobalConfiguration { Logging = provider.GetService<ILoggerFactory>() ?? NullLoggerFactory.Instance };
            configuration(provider, own);
            return own;
        });
        services.TryAddSingleton(provider => GlobalConfiguration.Of(provider.GetRequiredService<IGlobalConfiguration>()).Storage ?? JobStorage.Current);
        services.TryAddSingleton<IBackgroundJobClientFactory, BackgroundJobClientFactory>();
        services.TryAddSingleton(provider => provider.GetRequiredService<IBackgroundJobClientFactory>().GetClient(provider.GetRequiredService<JobStorage>()));
        return services;
    }

    public static IServiceCollection AddHangfireServer(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        return services.AddServer(provider => provider.GetService<BackgroundJobServerOptions>() ?? new BackgroundJobServerOptions());
    }

    public static IServiceCollection AddHangfireServer(this IServiceCollection services, Action<BackgroundJobServerOptions> optionsAction)
    {
        ArgumentNullException.ThrowIfNull(optionsAction);
        return services.AddHangfireServer((_, options) => optionsAction(options));
    }

    /// <summary>A server that starts and stops with the host. It can be called more than once, for servers with other queues.</summary>
    public static IServiceCollection AddHangfireServer(this IServiceCollection services, Action<IServiceProvider, BackgroundJobServerOptions> optionsAction)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(optionsAction);
        return services.AddServer(provider =>
        {
            var options = new BackgroundJobServerOptions();
            optionsAction(provider, options);
            return options;
        });
    }

    private static IServiceCollection AddServer(this IServiceCollection services, Func<IServiceProvider, BackgroundJobServerOptions> options) =>
        services.AddTransient<IHostedService>(provider =>
        {
            if (provider.GetService<IGlobalConfiguration>() is null)
            {
                throw new InvalidOperationException("Unable to find the required services: call IServiceCollection.AddHangfire.");
            }

            var scopes = new ServiceJobScopes(provider.GetRequiredService<IServiceScopeFactory>());
            var server = provider.GetRequiredService<JobStorage>().CreateServer(options(provider), scopes);
            return new BackgroundJobServerHostedService(server, provider.GetRequiredService<IHostApplicationLifetime>());
        });
}
