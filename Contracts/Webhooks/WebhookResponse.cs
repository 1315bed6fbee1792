using Platform.Contracts.Outbox;

namespace Platform.Contracts.Webhooks;

/// <summary>Somebody outside who wants to hear of events.</summary>
/// <param name="Id">UUID.</param>
/// <param name="Kind"><c>webhook</c> or <c>streamerbot</c>.</param>
/// <param name="Origin">Who made it; what the settings made is changed there.</param>
/// <param name="Url">Where events are posted to; values of its query are masked.</param>
/// <param name="EventTypes">What it wants to hear of.</param>
/// <param name="Description">What it is for.</param>
/// <param name="Enabled">Whether events are put in for it.</param>
/// <param name="DisabledReason">Why the platform disabled it.</param>
/// <param name="Secret">Only in the answer that made it: it is never shown again.</param>
/// <param name="PreviousSecretUntil">UTC until which the secret before the last rotation signs too.</param>
/// <param name="CreatedAt">UTC.</param>
/// <param name="LastSuccessAt">UTC, a few seconds coarse.</param>
/// <param name="LastFailureAt">UTC.</param>
/// <param name="LastError">Why the last failure was one.</param>
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
    string? LastError);
