namespace Platform.Core.Traces.Export;

/// <summary>How traces leave.</summary>
public enum ExportFormat
{
    /// <summary>A zip of a <c>logs</c> folder in ChapterX's layout, index included, byte for byte.</summary>
    Chapterx,

    /// <summary>One JSON array of traces with their calls and documents.</summary>
    Json,

    /// <summary>OpenTelemetry's OTLP as JSON, with the attributes of its GenAI conventions.</summary>
    Otlp,
}
