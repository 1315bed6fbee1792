namespace Platform.Api.Features.Channels;

/// <summary>One server-sent event.</summary>
/// <param name="Event">Its name; see <see cref="Contracts.Streams.StreamEvents"/>.</param>
/// <param name="Id">Where a follower stands after it.</param>
/// <param name="Data">What is written as JSON.</param>
internal sealed record StreamItem(string Event, StreamCursor Id, object Data);
