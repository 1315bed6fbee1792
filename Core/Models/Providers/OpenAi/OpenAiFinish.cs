using Microsoft.Extensions.AI;
using Platform.Contracts;
using Platform.Core.Models.Calls;

namespace Platform.Core.Models.Providers.OpenAi;

/// <summary>What servers write as <c>finish_reason</c>. OpenAI has five words; others pass on those of the models behind them.</summary>
internal static class OpenAiFinish
{
    private const int MaxLength = 64;

    private static readonly HashSet<string> None = new(["null", "none"], StringComparer.OrdinalIgnoreCase);

    private static readonly Dictionary<string, ChatFinishReason> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        ["stop"] = ChatFinishReason.Stop,
        ["end"] = ChatFinishReason.Stop,
        ["end_turn"] = ChatFinishReason.Stop,
        ["eos"] = ChatFinishReason.Stop,
        ["eos_token"] = ChatFinishReason.Stop,
        ["complete"] = ChatFinishReason.Stop,
        ["completed"] = ChatFinishReason.Stop,
        ["done"] = ChatFinishReason.Stop,
        ["finished"] = ChatFinishReason.Stop,
        ["stop_sequence"] = new(ModelStops.StopSequence),
        ["length"] = ChatFinishReason.Length,
        ["max_tokens"] = ChatFinishReason.Length,
        ["max_output_tokens"] = ChatFinishReason.Length,
        ["model_length"] = ChatFinishReason.Length,
        ["model_context_window_exceeded"] = ChatFinishReason.Length,
        ["tool_calls"] = ChatFinishReason.ToolCalls,
        ["function_call"] = ChatFinishReason.ToolCalls,
        ["tool_use"] = ChatFinishReason.ToolCalls,
        ["content_filter"] = ChatFinishReason.ContentFilter,
        ["content_filtered"] = ChatFinishReason.ContentFilter,
        ["refusal"] = ChatFinishReason.ContentFilter,
        ["safety"] = ChatFinishReason.ContentFilter,
        ["sensitive"] = ChatFinishReason.ContentFilter,
        ["recitation"] = ChatFinishReason.ContentFilter,
        ["prohibited_content"] = ChatFinishReason.ContentFilter,
    };

    private static readonly string[] Failures = ["error", "fail", "abort", "cancel", "timeout", "timed_out", "overload", "unavailable", "insufficient"];

    /// <summary>Reads a reason; one that is not known stays as it is.</summary>
    /// <returns>Null when there is none yet.</returns>
    public static ChatFinishReason? Read(string? reason) => Printable(reason) switch
    {
        "" => null,
        var word when None.Contains(word) => null,
        var word when Known.TryGetValue(word, out var known) => known,
        var word => new ChatFinishReason(word),
    };

    /// <summary>Whether a reason says that the server failed: <c>error</c>, DeepSeek's <c>insufficient_system_resource</c>, SGLang's <c>abort</c> and their like.</summary>
    public static bool IsFailure(ChatFinishReason reason) =>
        !Known.ContainsValue(reason) && Failures.Any(word => reason.Value.Contains(word, StringComparison.OrdinalIgnoreCase));

    private static string Printable(string? reason)
    {
        var text = string.Concat((reason ?? "").Where(unit => !char.IsControl(unit))).Trim();
        return LoneSurrogates.Replace(text.Length > MaxLength ? text[..MaxLength] : text);
    }
}
