using Platform.Core.Bots;

namespace Platform.Worker.Features.Bots;

/// <summary>Registers bots in the worker.</summary>
internal static class BotFeature
{
    /// <summary>Registers the bots, and the loop that keeps them in step with the config folder.</summary>
    public static IHostApplicationBuilder AddBots(this IHostApplicationBuilder builder)
    {
        builder.AddBotFolder();
        builder.Services.AddHostedService<BotSyncService>();
        return builder;
    }
}
