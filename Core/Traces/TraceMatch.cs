namespace Platform.Core.Traces;

/// <summary>What an id led to.</summary>
/// <param name="Trace">Null when there is none, or several.</param>
/// <param name="IsAmbiguous">True when several traces have this id; ChapterX's have 32 bits.</param>
public sealed record TraceMatch(Trace? Trace, bool IsAmbiguous);
