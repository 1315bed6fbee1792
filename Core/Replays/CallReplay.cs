using Platform.Contracts.Replays;
using Platform.Core.Models.Calls;
using Platform.Core.Traces;

namespace Platform.Core.Replays;

/// <summary>Replays a call of a trace: a model, or its own recorded response.</summary>
public sealed class CallReplay(TraceReader traces, ModelPipeline pipeline, RecordedAnswers recorded)
{
    /// <summary>Runs a replay to its end; expected failures are in <see cref="ModelCallResult.Error"/>.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public async Task<ModelCallResult> RunAsync(Replay replay, CancellationToken cancellationToken)
    {
        var match = await traces.FindAsync(replay.TenantId, replay.TraceId.ToString(), cancellationToken);
        var call = match.Trace is null ? null : (await traces.CallsAsync(replay.TraceId, cancellationToken)).FirstOrDefault(one => one.Id == replay.LlmCallId);
        if (match.Trace is not { } trace || call is null)
        {
            return Failed(replay, "trace_gone", "The trace was deleted by retention in the meantime.");
        }

        if (replay.Mode is ReplayMode.Recorded)
        {
            var (answer, refusal) = await recorded.ReadAsync(call, cancellationToken);
            return answer ?? Failed(replay, "not_recorded", refusal);
        }

        var (request, reason) = await recorded.RequestAsync(call, cancellationToken);
        return request is null
            ? Failed(replay, "not_recorded", reason)
            : await pipeline.StreamAsync(request.ToRequest(replay.AskedModel, trace.Bot), (_, _) => ValueTask.CompletedTask, cancellationToken);
    }

    private static ModelCallResult Failed(Replay replay, string code, string? message) => new()
    {
        Model = replay.AskedModel, StartedAt = replay.CreatedAt, Error = new ModelError(code, message ?? ""),
    };
}
