using Platform.Contracts.Activations;
using Platform.Contracts.Replays;
using Platform.Core.Replays;
using Platform.Core.Traces;

namespace Platform.Api.Features.Replays;

/// <summary>Replays as the wire has them.</summary>
internal static class ReplayMapping
{
    public static ReplayResponse ToResponse(this Replay replay) => new(
        replay.Id.ToString(),
        replay.Mode,
        replay.State,
        replay.AskedModel,
        replay.LeftOut,
        replay.CreatedAt,
        replay.FinishedAt,
        replay.State is ReplayState.Waiting or ReplayState.Running ? null : AnswerOf(replay));

    /// <summary>The call as it was.</summary>
    /// <param name="call">The call.</param>
    /// <param name="text">The recorded answer; null when it was deleted.</param>
    public static ReplayAnswer ToAnswer(this LlmCall call, string? text) => new(
        text,
        call.Provider,
        call.Model,
        call.Rehearsal,
        call.DurationMs,
        call.TimeToFirstTokenMs,
        call.TokensIn,
        call.TokensOut,
        call.CostUsd,
        call.StopReason,
        ErrorOf(call.ErrorCode, call.ErrorMessage));

    private static ReplayAnswer AnswerOf(Replay replay) => new(
        replay.Answer,
        replay.Provider,
        replay.Model ?? replay.AskedModel,
        replay.Rehearsal,
        replay.DurationMs,
        replay.TimeToFirstTokenMs,
        replay.TokensIn,
        replay.TokensOut,
        replay.CostUsd,
        replay.StopReason,
        ErrorOf(replay.ErrorCode, replay.ErrorMessage));

    private static ActivationError? ErrorOf(string? code, string? message) =>
        code is null && message is null ? null : new ActivationError(code ?? "unknown", message ?? "");
}
