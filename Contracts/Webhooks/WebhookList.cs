namespace Platform.Contracts.Webhooks;

/// <summary>Answer of <c>GET /api/v1/webhooks</c>.</summary>
/// <param name="Webhooks">Oldest first.</param>
public sealed record WebhookList(IReadOnlyList<WebhookResponse> Webhooks);
