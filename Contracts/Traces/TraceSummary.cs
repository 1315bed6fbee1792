using Platform.Contracts.Activations;

namespace Platform.Contracts.Traces;

/// <summary>One line of the trace list.</summary>
/// <param name="Id">UUIDv7.</param>
/// <param name="SourceTraceId">The id that the trace's own program gave it; equals <paramref name="Id"/> for native traces.</param>
/// <param name="Source"><c>native</c> or <c>chapterx</c>.</param>
/// <param name="Bot">The bot's handle or, for imported traces, its name there.</param>
/// <param name="ChannelId">Native id, or the foreign channel's id.</param>
/// <param name="ChannelName">Title or name; null when unknown.</param>
/// <param name="IsThread">True for a Discord thread.</param>
/// <param name="Reason">What activated it.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="SilentReason">The rule that kept it silent.</param>
/// <param name="ErrorMessage">One line about the failure.</param>
/// <param name="StartedAt">UTC.</param>
/// <param name="DurationMs">Milliseconds; null when unknown.</param>
/// <param name="LlmCallCount">Model requests recorded.</param>
/// <param name="ToolExecutionCount">Tool runs recorded.</param>
/// <param name="TokensIn">Prompt tokens over all calls.</param>
/// <param name="TokensOut">Completion tokens over all calls.</param>
/// <param name="Model">The last call's model; null without a call.</param>
/// <param name="Rehearsal">True when the offline model answered.</param>
/// <param name="TriggerPreview">Start of the triggering message, at most 100 characters.</param>
/// <param name="ResponsePreview">Start of the answer, at most 100 characters.</param>
/// <param name="CostUsd">US dollars over all calls; null when no price is known.</param>
/// <param name="TokensEstimated">True when token counts of one of its calls are an estimate; else null.</param>
public sealed record TraceSummary(
    string Id,
    string SourceTraceId,
    string Source,
    string Bot,
    string ChannelId,
    string? ChannelName,
    bool IsThread,
    ActivationReason Reason,
    TraceOutcome Outcome,
    string? SilentReason,
    string? ErrorMessage,
    DateTimeOffset StartedAt,
    int? DurationMs,
    int LlmCallCount,
    int ToolExecutionCount,
    long TokensIn,
    long TokensOut,
    string? Model,
    bool Rehearsal,
    string? TriggerPreview,
    string? ResponsePreview,
    decimal? CostUsd = null,
    bool? TokensEstimated = null);
