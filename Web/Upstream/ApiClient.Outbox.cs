using Platform.Contracts;
using Platform.Contracts.Outbox;
using Platform.Contracts.Webhooks;

namespace Platform.Web.Upstream;

/// <content>Outbox, dead letters and webhooks.</content>
internal sealed partial class ApiClient
{
    public Task<OutboxResponse> GetOutboxAsync(QueryString query, CancellationToken cancellationToken) =>
        GetAsync<OutboxResponse>($"/api/v1/outbox{query}", cancellationToken);

    public Task<DeadLetterList> GetDeadLettersAsync(QueryString query, CancellationToken cancellationToken) =>
        GetAsync<DeadLetterList>($"/api/v1/dead-letters{query}", cancellationToken);

    public Task<WebhookList> GetWebhooksAsync(CancellationToken cancellationToken) =>
        GetAsync<WebhookList>("/api/v1/webhooks", cancellationToken);

    /// <returns>Null on success, else the error message.</returns>
    public Task<string?> RequeueDeadLetterAsync(Guid id, CancellationToken cancellationToken) =>
        SendActionAsync(HttpMethod.Post, $"/api/v1/dead-letters/{id}/requeue", cancellationToken);

    /// <returns>Null on success, else the error message.</returns>
    public Task<string?> DeleteDeadLetterAsync(Guid id, CancellationToken cancellationToken) =>
        SendActionAsync(HttpMethod.Delete, $"/api/v1/dead-letters/{id}", cancellationToken);

    public Task<ApiResult<WebhookResponse>> CreateWebhookAsync(CreateWebhookRequest request, CancellationToken cancellationToken) =>
        PostAsync<CreateWebhookRequest, WebhookResponse>("/api/v1/webhooks", request, cancellationToken);

    public async Task<ApiResult<WebhookResponse>> ChangeWebhookAsync(Guid id, ChangeWebhookRequest change, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Patch, $"/api/v1/webhooks/{id}") { Content = JsonContent.Create(change, options: WireJson.Options) };
        using var response = await SendAsync(request, cancellationToken);
        return response.IsSuccessStatusCode
            ? new ApiResult<WebhookResponse>(await ReadAsync<WebhookResponse>(response, cancellationToken), null)
            : new ApiResult<WebhookResponse>(null, await ReadProblemAsync(response, cancellationToken));
    }

    /// <returns>Null on success, else the error message.</returns>
    public Task<string?> DeleteWebhookAsync(Guid id, CancellationToken cancellationToken) =>
        SendActionAsync(HttpMethod.Delete, $"/api/v1/webhooks/{id}", cancellationToken);

    /// <returns>Null on success, else the error message.</returns>
    public Task<string?> RetryWebhookAsync(Guid id, CancellationToken cancellationToken) =>
        SendActionAsync(HttpMethod.Post, $"/api/v1/webhooks/{id}/retry", cancellationToken);

    /// <returns>Null on success, else the error message.</returns>
    public Task<string?> TestWebhookAsync(Guid id, CancellationToken cancellationToken) =>
        SendActionAsync(HttpMethod.Post, $"/api/v1/webhooks/{id}/test", cancellationToken);

    private async Task<string?> SendActionAsync(HttpMethod method, string url, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, url);
        using var response = await SendAsync(request, cancellationToken);
        return response.IsSuccessStatusCode ? null : await ReadProblemAsync(response, cancellationToken);
    }
}
