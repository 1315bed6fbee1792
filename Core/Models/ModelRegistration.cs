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
    /// <summary>Adds <see cref="ModelPipeline"/>, <see cref="DailyTokenLimit"/> and <see cref="ProviderCatalog"/>; the host provides its Npgsql data source.</summary>
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
            .Configure<IConfiguration>((options, configuration) => Set(configuration.GetSection(ModelOptions.Section)).Bind(options))
            .ValidateOnStart();
        services.AddOptions<RehearsalOptions>().BindConfiguration(RehearsalOptions.Section).ValidateOnStart();
        services.TryAddSingleton<ConfigFiles>();
        services.AddProvider<RehearsalProvider>();
        services.AddProvider<OpenAiProvider>();
        services.AddProvider<AnthropicProvider>();
        services.TryAddSingleton(CreateCatalog);
        services.TryAddSingleton<DailyTokenLimit>();
        services.TryAddSingleton(CreatePipeline);
        return services;
    }

    // An empty value counts as not set: compose files pass unset variables as empty.
    private static IConfigurationSection Set(IConfigurationSection section) => new ConfigurationBuilder()
        .AddInMemoryCollection(section.AsEnumerable().Where(setting => !string.IsNullOrWhiteSpace(setting.Value)))
        .Build()
        .GetSection(section.Path);

    // In order: a name that two protocols know belongs to the first one.
    private static void AddProvider<T>(this IServiceCollection services)
        where T : class, IModelProvider => services.TryAddEnumerable(ServiceDescriptor.Singleton<IModelProvider, T>());

    private static ModelPipeline CreatePipeline(IServiceProvider services) => new(
        services.GetRequiredService<ProviderCatalog>(),
        ActivatorUtilities.CreateInstance<RouteStep>(services),
        services.GetRequiredService<DailyTokenLimit>(),
        ActivatorUtilities.CreateInstance<ClientStep>(services),
        services.GetRequiredService<ILogger<ModelPipeline>>());

    private static ProviderCatalog CreateCatalog(IServiceProvider services) => new(
        services.GetRequiredService<IConfiguration>(),
        services.GetRequiredService<IHostEnvironment>(),
        services.GetRequiredService<IOptions<ModelOptions>>(),
        services.GetRequiredService<ConfigFiles>(),
        [.. services.GetServices<IModelProvider>()],
        services.GetRequiredService<TimeProvider>(),
        services.GetRequiredService<ILogger<ProviderCatalog>>());
}
