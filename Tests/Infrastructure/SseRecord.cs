namespace Platform.Tests.Infrastructure;

/// <summary>One event of a text/event-stream.</summary>
/// <param name="Id">The event's own <c>id:</c>; null when it has none.</param>
/// <param name="Event">The event's type, <c>message</c> when the stream names none.</param>
/// <param name="Data">The joined <c>data:</c> lines.</param>
public sealed record SseRecord(string? Id, string Event, string Data);
