using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Platform.Core.Yaml;

namespace Platform.Core.Bots;

/// <summary>Registers bots in a host.</summary>
public static class BotRegistration
{
    /// <summary>Registers <see cref="BotReader"/>, for every host that reads bots.</summary>
    public static IHostApplicationBuilder AddBotReader(this IHostApplicationBuilder builder)
    {
        builder.Services.TryAddSingleton<BotReader>();
        return builder;
    }

    /// <summary>Registers <see cref="BotFolderScan"/>, for the hosts that have the config folder.</summary>
    public static IHostApplicationBuilder AddBotFolder(this IHostApplicationBuilder builder)
    {
        builder.AddBotReader();
        builder.Services.AddOptions<BotOptions>()
            .BindConfiguration(BotOptions.Section)
            .Configure(options => options.ConfigFolder = ConfigFolder.Locate(builder.Configuration, builder.Environment.ContentRootPath))
            .ValidateOnStart();
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.TryAddSingleton<ConfigFiles>();
        builder.Services.AddSingleton(services => new BotCatalogue(
            services.GetRequiredService<IOptions<BotOptions>>().Value.ConfigFolder, services.GetRequiredService<ConfigFiles>()));
        builder.Services.AddSingleton<BotCatalogueSync>();
        builder.Services.AddSingleton<BotFolderScan>();
        return builder;
    }
}
