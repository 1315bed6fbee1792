using Platform.Contracts.Webhooks;
using Platform.Core.Webhooks;

namespace Platform.Api.Features.Webhooks;

/// <summary>Webhooks as the wire has them.</summary>
internal static class WebhookMapping
{
    /// <param name="webhook">The webhook.</param>
    /// <param name="secret">Only in the answer that made it.</param>
    public static WebhookResponse ToResponse(this Webhook webhook, string? secret = null) => new(
        webhook.Id.ToString(),
        webhook.Kind,
        webhook.Origin,
        WebhookAddress.Masked(webhook.Url),
        webhook.EventTypes,
        webhook.Description,
        webhook.Enabled,
        webhook.DisabledReason,
        secret,
        webhook.PreviousSecretUntil,
        webhook.CreatedAt,
        webhook.LastSuccessAt,
        webhook.LastFailureAt,
        webhook.LastError,
        webhook.ConsecutiveFailures,
        webhook.FailingSince,
        webhook.Paused,
        webhook.PausedUntil);
}
