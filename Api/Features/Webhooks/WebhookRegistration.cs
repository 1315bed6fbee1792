using Platform.Core.Webhooks;

namespace Platform.Api.Features.Webhooks;

/// <summary>Registers webhooks in the Api; nothing is posted here.</summary>
internal static class WebhookRegistration
{
    public static IHostApplicationBuilder AddWebhooks(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<WebhookStore>();
        return builder;
    }
}
