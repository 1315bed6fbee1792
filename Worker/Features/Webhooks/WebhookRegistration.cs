using Platform.Core.Outbox;
using Platform.Core.Webhooks;

namespace Platform.Worker.Features.Webhooks;

/// <summary>Registers the sender of webhooks in the worker.</summary>
internal static class WebhookRegistration
{
    public static IHostApplicationBuilder AddWebhooks(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<WebhookStore>();
        builder.Services.AddSingleton<IEffectSender, WebhookSender>();
        return builder;
    }
}
