using Platform.Contracts.Traces;

namespace Platform.Core.Traces;

/// <summary>Which traces a list shows. Null does not restrict.</summary>
/// <param name="Bot">Exact name.</param>
/// <param name="Outcome">How they ended.</param>
/// <param name="Text">A message id, a Discord link, a trace id, or words of previews, error, model or channel name.</param>
public sealed record TraceFilter(string? Bot = null, TraceOutcome? Outcome = null, string? Text = null);
