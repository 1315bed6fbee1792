using System.Text.Json;

namespace Platform.Tests.Infrastructure;

/// <summary>One request that a <see cref="WebhookReceiver"/> got.</summary>
/// <param name="Path">Where it was posted to.</param>
/// <param name="Id">Its <c>webhook-id</c>, the same for each try of an effect.</param>
/// <param name="Body">As it was sent.</param>
/// <param name="Headers">By name, in any case.</param>
/// <param name="IsSigned">Whether one of the receiver's secrets signed it.</param>
/// <param name="At">UTC.</param>
/// <param name="Status">What it was answered with.</param>
public sealed record WebhookDelivery(
    string Path, string Id, string Body, IReadOnlyDictionary<string, string> Headers, bool IsSigned, DateTimeOffset At, int Status)
{
    /// <summary>The body as JSON.</summary>
    public JsonElement Json => JsonElement.Parse(Body);

    /// <summary>The event's type.</summary>
    public string Type => Json.GetProperty("type").GetString() ?? "";

    /// <summary>The event's position; null for a ping.</summary>
    public long? Position => Json.TryGetProperty("position", out var position) ? position.GetInt64() : null;
}
