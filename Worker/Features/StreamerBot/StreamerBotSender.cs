using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;
using Platform.Contracts.Outbox;
using Platform.Core.Outbox;
using Platform.Core.Webhooks;
using Platform.Worker.Features.Outbox;

namespace Platform.Worker.Features.StreamerBot;

/// <summary>Runs an action in Streamer.bot for each event, over its WebSocket server or by plain HTTP.</summary>
internal sealed class StreamerBotSender(
    WebhookStore webhooks,
    StreamerBotConnection connection,
    HttpDelivery delivery,
    IOptions<StreamerBotOptions> options) : IEffectSender
{
    public EffectKind Kind => EffectKind.Streamerbot;

    /// <summary>Whether a URL is one of a WebSocket server.</summary>
    public static bool IsSocket(string url) =>
        url.StartsWith("ws://", StringComparison.OrdinalIgnoreCase) || url.StartsWith("wss://", StringComparison.OrdinalIgnoreCase);

    public async Task<DeliveryResult> SendAsync(EffectClaim claim, CancellationToken cancellationToken)
    {
        if (await webhooks.FindTargetAsync(claim, cancellationToken) is not { Enabled: true } target)
        {
            return DeliveryResult.Refused("The STREAMERBOT_ settings no longer have this address.");
        }

        if (IsSocket(target.Url))
        {
            return await connection.DoActionAsync(claim, cancellationToken);
        }

        using var request = RequestOf(claim, target.Url);
        return await delivery.SendAsync(request, cancellationToken);
    }

    private HttpRequestMessage RequestOf(EffectClaim claim, string url)
    {
        var body = new Uri(url).AbsolutePath.EndsWith("/DoAction", StringComparison.OrdinalIgnoreCase)
            ? new JsonObject { ["action"] = StreamerBotAction.Named(options.Value.Action), ["args"] = StreamerBotAction.ArgumentsOf(claim) }.ToJsonString()
            : claim.Payload;
        var request = new HttpRequestMessage(HttpMethod.Post, url)
        {
            Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } },
        };
        request.Headers.Add("webhook-id", claim.DedupeKey);
        return request;
    }
}
