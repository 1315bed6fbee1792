using Platform.Contracts.Outbox;

namespace Platform.Contracts.Webhooks;

/// <summary>A webhook: a subscription to events.</summary>
/// <param name="Id">UUID.</param>
/// <param name="Kind"><c>webhook</c> or <c>streamerbot</c>.</param>
/// <param name="Origin">Its origin; a webhook from settings is changed there.</param>
/// <param name="Url">Where events are posted to; values of its query are masked.</param>
/// <param name="EventTypes">Subscribed event types.</param>
/// <param name="Description">What it is for.</param>
/// <param name="Enabled">Whether events are sent to it.</param>
/// <param name="DisabledReason">Why the platform disabled it.</param>
/// <param name="Secret">Only in the response that created it: it is not shown again.</param>
/// <param name="PreviousSecretUntil">UTC until which deliveries are also signed with the previous secret.</param>
/// <param name="CreatedAt">UTC.</param>
/// <param name="LastSuccessAt">UTC, a few seconds coarse.</param>
/// <param name="LastFailureAt">UTC.</param>
/// <param name="LastError">Reason of the last failure.</param>
/// <param name="ConsecutiveFailures">Failed attempts since the last successful one.</param>
/// <param name="FailingSince">UTC of the first of them; null when the last attempt succeeded.</param>
/// <param name="Paused">Whether somebody paused it: events are kept until it is resumed.</param>
/// <param name="PausedUntil">UTC until which the platform has paused it after repeated failures; then one delivery is tried. Null when it has not.</param>
public sealed record WebhookResponse(
    string Id,
    EffectKind Kind,
    WebhookOrigin Origin,
    string Url,
    IReadOnlyList<string> EventTypes,
    string? Description,
    bool Enabled,
    string? DisabledReason,
    string? Secret,
    DateTimeOffset? PreviousSecretUntil,
    DateTimeOffset CreatedAt,
    DateTimeOffset? LastSuccessAt,
    DateTimeOffset? LastFailureAt,
    string? LastError,
    int ConsecutiveFailures = 0,
    DateTimeOffset? FailingSince = null,
    bool Paused = false,
    DateTimeOffset? PausedUntil = null);

/// <summary>Answer of <c>GET /api/v1/webhooks</c>.</summary>
/// <param name="Webhooks">Oldest first.</param>
public sealed record WebhookList(IReadOnlyList<WebhookResponse> Webhooks);

/// <summary>Body of <c>POST /api/v1/webhooks</c>.</summary>
/// <param name="Url">Absolute, http or https.</param>
/// <param name="EventTypes">Patterns of <see cref="EventLog.EventTypes.Patterns"/>.</param>
/// <param name="Description">What it is for; at most 200 characters.</param>
/// <param name="Secret"><c>whsec_…</c>; null makes one.</param>
public sealed record CreateWebhookRequest(string? Url, IReadOnlyList<string>? EventTypes, string? Description = null, string? Secret = null);

/// <summary>Body of <c>PATCH /api/v1/webhooks/{id}</c>; what is left out stays as it is.</summary>
/// <param name="Url">Absolute, http or https.</param>
/// <param name="EventTypes">Patterns of <see cref="EventLog.EventTypes.Patterns"/>.</param>
/// <param name="Description">Empty removes it.</param>
/// <param name="Enabled">Whether events are sent to it.</param>
/// <param name="Paused">True keeps its events until false, which also ends a pause of the platform.</param>
/// <param name="RotateSecret">Creates a new secret; for 24 hours deliveries are signed with both.</param>
public sealed record ChangeWebhookRequest(
    string? Url = null, IReadOnlyList<string>? EventTypes = null, string? Description = null, bool? Enabled = null, bool? RotateSecret = null, bool? Paused = null);

/// <summary>Answer of <c>POST /api/v1/webhooks/{id}/retry</c>.</summary>
/// <param name="Requeued">Dead letters that were requeued.</param>
/// <param name="Pending">Deliveries that were pending before, all of them due now.</param>
public sealed record WebhookRetryResponse(long Requeued, long Pending);

/// <summary>Answer of <c>POST /api/v1/webhooks/{id}/test</c>.</summary>
/// <param name="WebhookId">The <c>webhook-id</c> that the receiver will see.</param>
public sealed record WebhookTestResponse(string WebhookId);
