using Platform.Contracts.Traces;

namespace Platform.Core.Traces;

/// <summary>Which traces a list shows. Null does not restrict.</summary>
/// <param name="Bot">Exact name.</param>
/// <param name="Channel">Exact id.</param>
/// <param name="Outcome">How they ended.</param>
/// <param name="SilentReason">The rule that kept the bot silent.</param>
/// <param name="Model">Exact name of the last call's model.</param>
/// <param name="CostFrom">Least US dollars; a trace of unknown cost is left out.</param>
/// <param name="DurationFrom">Least milliseconds; a trace of unknown duration is left out.</param>
/// <param name="From">Earliest start, UTC.</param>
/// <param name="To">Start before this, UTC.</param>
/// <param name="Text">A message id, a Discord link, a trace id, or words of previews, participants, error, model or channel name.</param>
public sealed record TraceFilter(
    string? Bot = null,
    string? Channel = null,
    TraceOutcome? Outcome = null,
    string? SilentReason = null,
    string? Model = null,
    decimal? CostFrom = null,
    int? DurationFrom = null,
    DateTimeOffset? From = null,
    DateTimeOffset? To = null,
    string? Text = null);
