using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using Platform.Contracts.Outbox;
using Platform.Core.Outbox;
using Platform.Core.Webhooks;
using Platform.Worker.Features.Outbox;

namespace Platform.Worker.Features.Webhooks;

/// <summary>Posts events to subscribed URLs, signed according to the Standard Webhooks specification.</summary>
internal sealed class WebhookSender(WebhookStore webhooks, HttpDelivery delivery) : IEffectSender
{
    public EffectKind Kind => EffectKind.Webhook;

    public async Task<DeliveryResult> SendAsync(EffectClaim claim, CancellationToken cancellationToken)
    {
        if (await webhooks.FindTargetAsync(claim, cancellationToken) is not { } webhook)
        {
            return DeliveryResult.Refused("The webhook was deleted.");
        }

        if (!webhook.Enabled)
        {
            return DeliveryResult.Refused("The webhook is disabled.");
        }

        using var request = RequestOf(claim, webhook);
        return await delivery.SendAsync(request, cancellationToken);
    }

    private static HttpRequestMessage RequestOf(EffectClaim claim, WebhookTarget webhook)
    {
        var body = Encoding.UTF8.GetBytes(claim.Payload);
        var request = new HttpRequestMessage(HttpMethod.Post, webhook.Url)
        {
            Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } },
        };

        // Receivers refuse timestamps older than a few minutes, so the worker's own clock, which may be wrong, is not used.
        var timestamp = webhook.Now.ToUnixTimeSeconds();
        request.Headers.Add("webhook-id", claim.DedupeKey);
        request.Headers.Add("webhook-timestamp", timestamp.ToString(CultureInfo.InvariantCulture));
        if (webhook.Secrets.Count > 0)
        {
            request.Headers.Add("webhook-signature", WebhookSignature.Of(webhook.Secrets, claim.DedupeKey, timestamp, body));
        }

        if (claim.ActivationId is { } activation)
        {
            request.Headers.Add("platform-activation-id", activation.ToString());
            request.Headers.Add("platform-activation-fence", claim.ActivationFence?.ToString(CultureInfo.InvariantCulture));
        }

        return request;
    }
}
