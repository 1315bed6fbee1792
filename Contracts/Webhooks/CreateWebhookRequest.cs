namespace Platform.Contracts.Webhooks;

/// <summary>Body of <c>POST /api/v1/webhooks</c>.</summary>
/// <param name="Url">Absolute, http or https.</param>
/// <param name="EventTypes">Patterns of <see cref="EventLog.EventTypes.Patterns"/>.</param>
/// <param name="Description">What it is for; at most 200 characters.</param>
/// <param name="Secret"><c>whsec_…</c>; null makes one.</param>
public sealed record CreateWebhookRequest(string? Url, IReadOnlyList<string>? EventTypes, string? Description = null, string? Secret = null);
