using Platform.Contracts.Traces;
using Platform.Contracts.Traces.Document;

namespace Platform.Core.Traces.ChapterX;

/// <summary>
/// Derives the outcome of an activation from ChapterX's document:
/// <list type="bullet">
/// <item>success, and something was sent or there is text that went elsewhere → answered;</item>
/// <item>success, nothing sent, and the model's last stop reason is a refusal → silent, <c>refusal</c>;</item>
/// <item>success, nothing sent and no text: the model returned only reasoning → silent, <c>phantom</c>, ChapterX's word for it;</item>
/// <item>no success, or no outcome but an error in a call → failed;</item>
/// <item>no outcome and no error → silent, <c>ended_silently</c>.</item>
/// </list>
/// </summary>
internal sealed record OutcomeReader(TraceOutcome Outcome, string? SilentReason, string? ErrorCode, string? ErrorMessage, string? ErrorPhase)
{
    /// <summary>Reason of an activation that left neither outcome nor error.</summary>
    public const string EndedSilently = "ended_silently";

    private const string CallPhase = "llm_call";

    public static OutcomeReader Read(TraceDocument document)
    {
        var lastCall = document.LlmCalls is [.., var last] ? last : null;
        var callError = lastCall?.Error;
        if (document.Outcome is not { } outcome)
        {
            return callError is null ? Silent(EndedSilently) : Failed(callError.Message, CallPhase, callError.Code);
        }

        if (outcome.Success != true)
        {
            var message = outcome.Error is { } error ? error.Message : callError?.Message;
            return Failed(message, outcome.Error?.Phase ?? (callError is null ? null : CallPhase), callError?.Code);
        }

        var wasSent = outcome.SentMessageIds.Count > 0 || outcome.MessagesSent > 0;
        var refused = lastCall?.Response?.StopReason == "refusal";
        return (wasSent, refused, outcome.ResponseText) switch
        {
            (false, true, _) => Silent("refusal"),
            (false, _, null or "") => Silent("phantom"),
            _ => new OutcomeReader(TraceOutcome.Answered, null, null, null, null),
        };
    }

    private static OutcomeReader Silent(string reason) => new(TraceOutcome.Silent, reason, null, null, null);

    private static OutcomeReader Failed(string? message, string? phase, string? code) => new(
        TraceOutcome.Failed,
        null,
        TextCut.Name(code),
        TextCut.Line(message) ?? "ChapterX recorded a failure without a message.",
        TextCut.Name(phase));
}
