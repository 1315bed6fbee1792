using Platform.Core.Outbox;
using Platform.Core.Webhooks;

namespace Platform.Worker.Features.Webhooks;

/// <summary>Puts the sender of webhooks into the worker.</summary>
internal static class WebhookRegistration
{
    public static IHostApplicationBuilder AddWebhooks(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<WebhookStore>();
        builder.Services.AddSingleton<IEffectSender, WebhookSender>();
        return builder;
    }
}
