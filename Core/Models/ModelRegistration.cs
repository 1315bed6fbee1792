using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Platform.Core.Models.Calls;
using Platform.Core.Models.Calls.Steps;
using Platform.Core.Models.Providers;
using Platform.Core.Models.Providers.Anthropic;
using Platform.Core.Models.Providers.OpenAi;
using Platform.Core.Models.Providers.Rehearsal;
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
        services.AddProvider<RehearsalProvider>();
        services.AddProvider<OpenAiProvider>();
        services.AddProvider<AnthropicProvider>();
        services.TryAddSingleton(CreateCatalog);
        services.TryAddSingleton<TokenCeiling>();
        services.AddStep<RouteStep>();
        services.AddStep<CeilingStep>();
        services.AddStep<ClientStep>();
        services.TryAddSingleton<IModelGateway, ModelGateway>();
        return services;
    }

    // In order: a name that two protocols know is the first one's.
    private static void AddProvider<T>(this IServiceCollection services)
        where T : class, IModelProvider => services.TryAddEnumerable(ServiceDescriptor.Singleton<IModelProvider, T>());

    // In the order of the pipeline.
    private static void AddStep<T>(this IServiceCollection services)
        where T : class, IModelStep => services.TryAddEnumerable(ServiceDescriptor.Singleton<IModelStep, T>());

    private static ProviderCatalog CreateCatalog(IServiceProvider services) => new(
        services.GetRequiredService<IConfiguration>(),
        services.GetRequiredService<IHostEnvironment>(),
        services.GetRequiredService<IOptions<ModelOptions>>(),
        services.GetRequiredService<ConfigFiles>(),
        [.. services.GetServices<IModelProvider>()],
        services.GetRequiredService<TimeProvider>(),
        services.GetRequiredService<ILogger<ProviderCatalog>>());
}
