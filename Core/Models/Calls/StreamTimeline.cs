namespace Platform.Core.Models.Calls;

/// <summary>How an answer streamed.</summary>
/// <param name="Chunks">Pieces that the provider sent.</param>
/// <param name="Points">At most <see cref="StreamRecorder.MaxPoints"/>, the first and the last piece among them.</param>
/// <param name="Stalls">The first <see cref="StreamRecorder.MaxStalls"/> silences of more than a second.</param>
public sealed record StreamTimeline(int Chunks, IReadOnlyList<StreamPoint> Points, IReadOnlyList<StreamStall> Stalls);

/// <summary>How far an answer had come.</summary>
/// <param name="AtMs">Milliseconds since the request.</param>
/// <param name="Characters">What was there by then, in UTF-16 units.</param>
public readonly record struct StreamPoint(int AtMs, int Characters);

/// <summary>A silence of more than a second within an answer.</summary>
/// <param name="AtMs">When it began, in milliseconds since the request.</param>
/// <param name="DurationMs">How long nothing came, in milliseconds.</param>
public sealed record StreamStall(int AtMs, int DurationMs);
