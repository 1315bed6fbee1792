using System.Text.Json;
using Platform.Contracts.Traces;
using Platform.Core.Json;

namespace Platform.Core.Traces.ChapterX;

/// <summary>
/// Tells how an activation ended from what ChapterX wrote about it:
/// <list type="bullet">
/// <item>success, and something was sent or there is text that went elsewhere → answered;</item>
/// <item>success, nothing sent, and the model's last stop reason is a refusal → silent, <c>refusal</c>;</item>
/// <item>success, nothing sent and no text (it only thought) → silent, <c>phantom</c>;</item>
/// <item>no success, or no outcome but an error in a call → failed;</item>
/// <item>no outcome and no error → silent, <c>ended_silently</c>.</item>
/// </list>
/// </summary>
internal sealed record OutcomeReader(TraceOutcome Outcome, string? SilentReason, string? ErrorCode, string? ErrorMessage, string? ErrorPhase)
{
    /// <summary>Reason of an activation that left neither outcome nor error.</summary>
    public const string EndedSilently = "ended_silently";

    private const string CallPhase = "llm_call";

    public static OutcomeReader Read(JsonElement root)
    {
        var lastCall = LenientJson.Items(root, "llmCalls").LastOrDefault();
        var callError = LenientJson.Object(lastCall, "error");
        if (LenientJson.Object(root, "outcome") is not { } outcome)
        {
            return callError is { } error ? Failed(error, CallPhase, error) : Silent(EndedSilently);
        }

        if (LenientJson.Flag(outcome, "success") != true)
        {
            var error = LenientJson.Object(outcome, "error");
            return Failed(error ?? callError, LenientJson.Text(error ?? default, "phase") ?? (callError is null ? null : CallPhase), callError);
        }

        var wasSent = LenientJson.Count(outcome, "sentMessageIds") > 0 || LenientJson.Number(outcome, "messagesSent") > 0;
        var refused = LenientJson.Text(LenientJson.Object(lastCall, "response") ?? default, "stopReason") == "refusal";
        return (wasSent, refused, LenientJson.Text(outcome, "responseText")) switch
        {
            (false, true, _) => Silent("refusal"),
            (false, _, null or "") => Silent("phantom"),
            _ => new OutcomeReader(TraceOutcome.Answered, null, null, null, null),
        };
    }

    private static OutcomeReader Silent(string reason) => new(TraceOutcome.Silent, reason, null, null, null);

    private static OutcomeReader Failed(JsonElement? error, string? phase, JsonElement? callError) => new(
        TraceOutcome.Failed,
        null,
        TextCut.Name(LenientJson.Text(callError ?? default, "code")),
        TextCut.Line(LenientJson.Text(error ?? default, "message")) ?? "ChapterX recorded a failure without a message.",
        TextCut.Name(phase));
}
