namespace Platform.Core.Traces.Export;

/// <summary>What an export includes besides the traces.</summary>
/// <param name="Content">OTLP: the messages, and the tools' arguments and results. Everything else is without what people wrote.</param>
/// <param name="Bodies">JSON: the raw requests and responses.</param>
public sealed record ExportOptions(bool Content = false, bool Bodies = false);
