using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Platform.Core.Models.Providers;
using Platform.Core.Models.Rehearsal;

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
        services.AddOptions<ModelOptions>().ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IConfigureOptions<ModelOptions>, ModelOptionsSetup>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<ModelOptions>, ModelOptionsSetup>());
        services.AddOptions<RehearsalOptions>()
            .BindConfiguration(RehearsalOptions.Section)
            .Validate(
                rehearsal => rehearsal.TokensPerSecond is >= 0 and <= 10_000,
                "Rehearsal:TokensPerSecond must be 0 (all at once) to 10000 tokens a second.")
            .ValidateOnStart();
        services.TryAddSingleton<ProviderCatalog>();
        services.TryAddSingleton<TokenCeiling>();
        services.TryAddSingleton<ChatClientFactory>();
        services.TryAddSingleton<IModelGateway, ModelGateway>();
        return services;
    }
}
