namespace Platform.Web.Components;

/// <summary>Explains why an answer is incomplete.</summary>
internal static class StopReasonText
{
    /// <summary>A few words; null when the model ended by itself.</summary>
    public static string? Warning(string? stopReason) => stopReason switch
    {
        null or "" or "end_turn" or "stop_sequence" or "stop" => null,
        "max_tokens" => "truncated: output token limit reached",
        "max_characters" => "truncated: 100,000 characters reached",
        "refusal" => "stopped by a content filter or refused",
        "tool_use" => "stopped to call a tool",
        _ => $"stop reason of the provider: {Format.Words(stopReason)}",
    };
}
