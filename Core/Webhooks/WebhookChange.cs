namespace Platform.Core.Webhooks;

/// <summary>What is to be different about a webhook; null leaves a thing as it is.</summary>
/// <param name="Description">Empty takes it away.</param>
/// <param name="Url">Checked by <see cref="WebhookRules"/>.</param>
/// <param name="EventTypes">Checked by <see cref="WebhookRules"/>.</param>
/// <param name="Enabled">Enabling forgets why it was disabled.</param>
/// <param name="Secret">Signs from now on; the one before signs too for <see cref="WebhookStore.RotationOverlap"/>.</param>
public sealed record WebhookChange(string? Description, string? Url, string[]? EventTypes, bool? Enabled, string? Secret);
