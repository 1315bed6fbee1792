namespace Platform.Core.Models.Calls;

/// <summary>How an answer streamed.</summary>
/// <param name="Chunks">Pieces that the provider sent.</param>
/// <param name="Points">At most <see cref="StreamRecorder.MaxPoints"/>, the first and the last piece among them.</param>
/// <param name="Stalls">The first <see cref="StreamRecorder.MaxStalls"/> silences of more than a second.</param>
public sealed record StreamTimeline(int Chunks, IReadOnlyList<StreamPoint> Points, IReadOnlyList<StreamStall> Stalls);
