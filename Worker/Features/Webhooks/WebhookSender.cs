using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.Extensions.Options;
using Platform.Contracts.Outbox;
using Platform.Core.Outbox;
using Platform.Core.Webhooks;
using Platform.ServiceDefaults.Outgoing;

namespace Platform.Worker.Features.Webhooks;

/// <summary>Posts events to subscribed URLs, signed as the Standard Webhooks specification says.</summary>
internal sealed class WebhookSender(
    WebhookStore webhooks,
    IHttpClientFactory clients,
    IOptions<OutgoingHttpOptions> options,
    TimeProvider clock) : IEffectSender
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
        return await PostAsync(clients.CreateClient(WebhookRegistration.ClientName), request, options.Value.Timeout, clock, cancellationToken);
    }

    /// <summary>Sends a request once and says what its answer means for the effect.</summary>
    public static async Task<DeliveryResult> PostAsync(
        HttpClient client, HttpRequestMessage request, TimeSpan timeout, TimeProvider clock, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(timeout, clock);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ending.Token);
            return await WebhookAnswer.ReadAsync(response, clock, ending.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return DeliveryResult.Failed(string.Create(CultureInfo.InvariantCulture, $"No answer within {timeout.TotalSeconds} s."));
        }
        catch (HttpRequestException exception)
        {
            return DeliveryResult.Failed($"It cannot be reached: {exception.InnerException?.Message ?? exception.Message}");
        }
    }

    private static HttpRequestMessage RequestOf(EffectClaim claim, WebhookTarget webhook)
    {
        var body = Encoding.UTF8.GetBytes(claim.Payload);
        var request = new HttpRequestMessage(HttpMethod.Post, webhook.Url)
        {
            Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } },
        };

        // Receivers refuse what is older than a few minutes, so a worker whose own clock is wrong must not say when it is.
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
