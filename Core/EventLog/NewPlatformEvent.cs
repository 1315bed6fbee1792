using System.Text.Json;
using Platform.Contracts;

namespace Platform.Core.EventLog;

/// <summary>An event that a transaction causes.</summary>
/// <param name="TenantId">Whose it is.</param>
/// <param name="Type">One of <see cref="Contracts.EventLog.EventTypes"/>.</param>
/// <param name="Data">A JSON object of ids, states and previews; no secrets, no whole texts.</param>
/// <param name="ActivationId">The activation that did it; null when none did.</param>
/// <param name="ActivationFence">The claim that did it.</param>
/// <param name="MessageId">A message stored before in the same transaction; its sequence is added to the data.</param>
public sealed record NewPlatformEvent(
    string TenantId,
    string Type,
    string Data,
    Guid? ActivationId = null,
    long? ActivationFence = null,
    Guid? MessageId = null)
{
    /// <summary>Longest preview of a text in an event, in UTF-16 units.</summary>
    public const int PreviewLength = 200;

    /// <summary>UUIDv7.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>Writes an event's data the way that the wire has it.</summary>
    /// <param name="data">An anonymous object whose properties are ids, states and previews; nulls are left out.</param>
    public static string DataOf(object data) => JsonSerializer.Serialize(data, data.GetType(), WireJson.Options);
}
