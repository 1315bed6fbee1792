namespace Platform.Api.Streams;

/// <summary>One server-sent event.</summary>
/// <param name="Event">Its name.</param>
/// <param name="Id">A follower's position after it; sent back as <c>Last-Event-ID</c>.</param>
/// <param name="Data">What is written as JSON.</param>
internal sealed record StreamItem(string Event, string Id, object Data);
