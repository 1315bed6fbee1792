namespace Platform.Core.Traces;

/// <summary>Which program wrote a trace.</summary>
public enum TraceSource
{
    /// <summary>This one.</summary>
    Native,

    /// <summary>ChapterX, imported.</summary>
    Chapterx,
}
