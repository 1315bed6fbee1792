using System.Text.Json;

namespace Platform.Contracts.EventLog;

/// <summary>An event as sent on streams; in webhooks the activation's fields are headers.</summary>
/// <param name="Type">One of <see cref="EventTypes"/>.</param>
/// <param name="Timestamp">UTC of the transaction that caused it.</param>
/// <param name="Id">UUIDv7; the <c>webhook-id</c> of its deliveries.</param>
/// <param name="Position">From 1, without gaps; a stream's event id.</param>
/// <param name="ActivationId">The activation that did it, if one did.</param>
/// <param name="ActivationFence">That activation's claim.</param>
/// <param name="Data">Ids, states and previews; which ones depends on the type.</param>
public sealed record PlatformEventResponse(
    string Type, DateTimeOffset Timestamp, string Id, long Position, string? ActivationId, long? ActivationFence, JsonElement Data);
