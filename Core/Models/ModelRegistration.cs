using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Platform.Core.Models.Providers;
using Platform.Core.Models.Rehearsal;
using Platform.Core.Yaml;

namespace Platform.Core.Models;

/// <summary>Registers the models of a host.</summary>
public static class ModelRegistration
{
    /// <summary>Adds <see cref="IModelGateway"/>, <see cref="TokenCeiling"/> and <see cref="ProviderCatalog"/>; the host brings its Npgsql data source.</summary>
    public static IHostApplicationBuilder AddModels(this IHostApplicationBuilder builder)
    {
        builder.Services.AddModels();
        return builder;
    }

    /// <inheritdoc cref="AddModels(IHostApplicationBuilder)"/>
    public static IServiceCollection AddModels(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddOptions<ModelOptions>()
            .Configure<IHostEnvironment>((options, environment) => options.TelemetryContent = environment.IsDevelopment())
            .BindConfiguration(ModelOptions.Section)
            .ValidateOnStart();
        services.AddOptions<RehearsalOptions>().BindConfiguration(RehearsalOptions.Section).ValidateOnStart();
        services.TryAddSingleton<ConfigFiles>();
        services.TryAddSingleton<ProviderCatalog>();
        services.TryAddSingleton<TokenCeiling>();
        services.TryAddSingleton<ChatClientFactory>();
        services.TryAddSingleton<IModelGateway, ModelGateway>();
        return services;
    }
}
