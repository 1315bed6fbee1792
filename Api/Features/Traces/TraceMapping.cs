using System.Globalization;
using Platform.Contracts.Traces;
using Platform.Contracts.Traces.Imports;
using Platform.Core.Storage;
using Platform.Core.Traces;
using Platform.Core.Traces.Imports;

namespace Platform.Api.Features.Traces;

/// <summary>Traces as the wire has them.</summary>
internal static class TraceMapping
{
    public static TraceSummary ToSummary(this Trace trace) => new(
        trace.Id.ToString(),
        trace.SourceTraceId,
        EnumText.Of(trace.Source),
        trace.Bot,
        trace.ChannelId,
        trace.ChannelName,
        trace.IsThread,
        trace.Reason,
        trace.Outcome,
        trace.SilentReason,
        trace.ErrorMessage,
        trace.StartedAt,
        trace.DurationMs,
        trace.LlmCallCount,
        trace.ToolExecutionCount,
        trace.TokensIn,
        trace.TokensOut,
        trace.Model,
        trace.Rehearsal,
        trace.TriggerPreview,
        trace.ResponsePreview,
        trace.CostUsd,
        trace.TokensEstimated ? true : null);

    public static LlmCallResponse ToResponse(this LlmCall call, IEnumerable<CallBody> bodies) => new(
        call.Id.ToString(),
        call.CallId,
        call.Position,
        call.Provider,
        call.Model,
        call.Rehearsal,
        call.StartedAt,
        call.DurationMs,
        call.TimeToFirstTokenMs,
        call.TokensIn,
        call.TokensOut,
        call.CacheReadTokens,
        call.CacheWriteTokens,
        call.ReasoningTokens,
        call.CostUsd,
        call.StopReason,
        call.ErrorCode,
        call.ErrorMessage,
        [.. bodies.Select(body => body.ToResponse(call))],
        call.TokensEstimated ? true : null);

    public static TraceEffect ToResponse(this TraceEffectView effect, string? targetName) => new(
        effect.Id.ToString(),
        effect.Kind,
        effect.Target,
        targetName,
        effect.EventType,
        effect.State,
        effect.Tries,
        effect.LastError,
        effect.CreatedAt,
        effect.DeliveredAt);

    /// <param name="run">The import.</param>
    /// <param name="now">UTC; what a running one's rate is reckoned to.</param>
    public static ImportRunResponse ToResponse(this ImportRun run, DateTimeOffset now) => new(
        run.Id.ToString(),
        run.Source,
        EnumText.Of(run.State),
        run.TracesFound,
        run.TracesImported,
        run.TracesPresent,
        run.TracesFailed,
        run.BodiesImported,
        run.BodiesMissing,
        [.. ImportRuns.ProblemsOf(run).Select(problem => new ImportProblem(problem.File, problem.Message))],
        run.StartedAt,
        run.FinishedAt,
        EnumText.Of(run.Kind),
        run.TracesTotal,
        Rate(run, now),
        SecondsLeft(run, now));

    private static double? Rate(ImportRun run, DateTimeOffset now)
    {
        var seconds = ((run.FinishedAt ?? now) - run.StartedAt).TotalSeconds;
        return run.Kind == ImportKind.Watch || run.TracesFound == 0 || seconds <= 0 ? null : run.TracesFound / seconds;
    }

    private static double? SecondsLeft(ImportRun run, DateTimeOffset now) =>
        run is { State: ImportState.Running, TracesTotal: { } total } && Rate(run, now) is { } rate ? Math.Max(0, total - run.TracesFound) / rate : null;

    private static CallBodyResponse ToResponse(this CallBody body, LlmCall call) => new(
        body.Link.Kind,
        body.Link.Position,
        body.Link.Ref,
        body.SizeBytes,
        body.DroppedAt,
        body.SizeBytes is null
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"/api/v1/traces/{call.TraceId}/calls/{call.Id}/bodies/{EnumText.Of(body.Link.Kind)}/{body.Link.Position}"));
}
