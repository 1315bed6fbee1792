using Platform.Contracts.Activations;

namespace Platform.Contracts.Replays;

/// <summary>A model's answer and its timing.</summary>
/// <param name="Text">All of its text, also when it failed later; null when none is known.</param>
/// <param name="Provider">The provider; null when none was called or it was not recorded.</param>
/// <param name="Model">The model, as its provider names it.</param>
/// <param name="Rehearsal">True when the offline model answered.</param>
/// <param name="DurationMs">Milliseconds; null when no model was called.</param>
/// <param name="TimeToFirstTokenMs">Milliseconds; null when nothing streamed.</param>
/// <param name="TokensIn">Prompt tokens; null when unknown.</param>
/// <param name="TokensOut">Completion tokens; null when unknown.</param>
/// <param name="CostUsd">US dollars; null when the price is unknown.</param>
/// <param name="StopReason">Why the model stopped; null when it failed.</param>
/// <param name="Error">Null when it succeeded.</param>
public sealed record ReplayAnswer(
    string? Text,
    string? Provider,
    string Model,
    bool Rehearsal,
    int? DurationMs,
    int? TimeToFirstTokenMs,
    int? TokensIn,
    int? TokensOut,
    decimal? CostUsd,
    string? StopReason,
    ActivationError? Error);
