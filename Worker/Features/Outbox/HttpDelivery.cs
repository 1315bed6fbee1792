using System.Globalization;
using Microsoft.Extensions.Options;
using Platform.Core.Outbox;
using Platform.ServiceDefaults.Outgoing;

namespace Platform.Worker.Features.Outbox;

/// <summary>Sends one effect by HTTP: once, with a timeout, without redirects. The outbox retries.</summary>
internal sealed class HttpDelivery(IHttpClientFactory clients, IOptions<OutgoingHttpOptions> options, TimeProvider clock)
{
    /// <summary>The client that posts: no redirects, no cookies, no retries of its own. It follows the environment's proxy.</summary>
    public const string ClientName = "webhooks";

    /// <summary>Sends a request and maps its response to a delivery outcome.</summary>
    /// <param name="request">The caller's to dispose.</param>
    /// <param name="cancellationToken">Ends it without a result.</param>
    public async Task<DeliveryResult> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var timeout = options.Value.Timeout;
        using var limit = new CancellationTokenSource(timeout, clock);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            using var response = await clients.CreateClient(ClientName).SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ending.Token);
            return await HttpAnswer.ReadAsync(response, clock, ending.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return DeliveryResult.Failed(string.Create(CultureInfo.InvariantCulture, $"No response within {timeout.TotalSeconds} s."));
        }
        catch (HttpRequestException exception)
        {
            // The proxy's address may hold a password.
            var error = exception.HttpRequestError is HttpRequestError.ProxyTunnelError
                ? "Connection failed: the proxy of the environment refused it."
                : $"Connection failed: {exception.InnerException?.Message ?? exception.Message}";
            return exception.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError
                    or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError
                ? DeliveryResult.Unreachable(error)
                : DeliveryResult.Failed(error);
        }
    }
}
