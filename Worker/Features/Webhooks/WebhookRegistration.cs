using System.Net;
using Microsoft.Extensions.Options;
using Platform.Core.Outbox;
using Platform.Core.Webhooks;
using Platform.ServiceDefaults.Outgoing;
using Platform.Worker.Features.StreamerBot;

namespace Platform.Worker.Features.Webhooks;

/// <summary>Puts the senders of webhooks and of Streamer.bot into the worker.</summary>
internal static class WebhookRegistration
{
    /// <summary>The client that posts: no redirects, no cookies, no proxy, no retries of its own.</summary>
    public const string ClientName = "webhooks";

    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(5);

    public static IHostApplicationBuilder AddWebhooks(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<WebhookStore>();
        builder.Services.AddHttpClient(ClientName, client => client.DefaultRequestHeaders.UserAgent.ParseAdd("Platform-Webhooks/1"))
            .WithoutResilience()
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseCookies = false,
                // A proxy would connect for us, to addresses that we never see.
                UseProxy = false,
                AutomaticDecompression = DecompressionMethods.None,
                PooledConnectionLifetime = ConnectionLifetime,
                ConnectCallback = (context, token) => OutgoingAddress.ConnectAsync(context.DnsEndPoint, token),
            })
            .ConfigureHttpClient(client => client.Timeout = Timeout.InfiniteTimeSpan);
        builder.Services.AddSingleton<IEffectSender, WebhookSender>();

        builder.Services.AddSingleton<IValidateOptions<StreamerBotOptions>, StreamerBotOptionsValidator>();
        builder.Services.AddOptions<StreamerBotOptions>().BindConfiguration(StreamerBotOptions.Section).ValidateOnStart();
        builder.Services.AddSingleton<StreamerBotConnection>();
        builder.Services.AddHostedService(services => services.GetRequiredService<StreamerBotConnection>());
        builder.Services.AddHostedService<StreamerBotTargets>();
        builder.Services.AddSingleton<IEffectSender, StreamerBotSender>();
        return builder;
    }
}
