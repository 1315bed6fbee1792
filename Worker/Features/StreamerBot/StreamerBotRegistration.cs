using Platform.Core.Outbox;

namespace Platform.Worker.Features.StreamerBot;

/// <summary>Registers Streamer.bot in the worker. Needs webhooks, whose tables hold its targets.</summary>
internal static class StreamerBotRegistration
{
    public static IHostApplicationBuilder AddStreamerBot(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<StreamerBotOptions>().BindConfiguration(StreamerBotOptions.Section).ValidateOnStart();
        builder.Services.AddSingleton<StreamerBotConnection>();
        builder.Services.AddHostedService(services => services.GetRequiredService<StreamerBotConnection>());
        builder.Services.AddHostedService<StreamerBotTargets>();
        builder.Services.AddSingleton<IEffectSender, StreamerBotSender>();
        return builder;
    }
}
