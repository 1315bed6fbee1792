namespace Platform.Contracts.Webhooks;

/// <summary>Answer of <c>POST /api/v1/webhooks/{id}/test</c>.</summary>
/// <param name="WebhookId">The <c>webhook-id</c> that the receiver will see.</param>
public sealed record WebhookTestResponse(string WebhookId);
