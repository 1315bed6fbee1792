namespace Platform.Contracts.Webhooks;

/// <summary>Body of <c>PATCH /api/v1/webhooks/{id}</c>; what is left out stays as it is.</summary>
/// <param name="Url">Absolute, http or https.</param>
/// <param name="EventTypes">Patterns of <see cref="EventLog.EventTypes.Patterns"/>.</param>
/// <param name="Description">Empty takes it away.</param>
/// <param name="Enabled">Whether events are put in for it.</param>
/// <param name="RotateSecret">Makes a new secret; the old one signs too for 24 hours.</param>
public sealed record ChangeWebhookRequest(
    string? Url = null, IReadOnlyList<string>? EventTypes = null, string? Description = null, bool? Enabled = null, bool? RotateSecret = null);
