namespace Platform.Core.Webhooks;

/// <summary>What a sender needs to know of a webhook.</summary>
/// <param name="Url">Where to.</param>
/// <param name="Secrets">Those in force, the newest first; empty when nothing is signed.</param>
/// <param name="Enabled">Whether it takes anything.</param>
/// <param name="Now">UTC on the database's clock.</param>
public sealed record WebhookTarget(string Url, IReadOnlyList<string> Secrets, bool Enabled, DateTimeOffset Now);
