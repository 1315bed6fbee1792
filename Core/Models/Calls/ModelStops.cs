using Microsoft.Extensions.AI;

namespace Platform.Core.Models.Calls;

/// <summary>Why a model stopped, in ChapterX's words.</summary>
internal static class ModelStops
{
    public const string EndTurn = "end_turn";
    public const string MaxTokens = "max_tokens";
    public const string StopSequence = "stop_sequence";
    public const string ToolUse = "tool_use";
    public const string Refusal = "refusal";

    /// <summary>A client may also report one of the words above as it is; an unknown reason counts as the end of the turn.</summary>
    public static string From(ChatFinishReason reason) => reason switch
    {
        _ when reason == ChatFinishReason.Length => MaxTokens,
        _ when reason == ChatFinishReason.ToolCalls => ToolUse,
        _ when reason == ChatFinishReason.ContentFilter => Refusal,
        { Value: MaxTokens or StopSequence or ToolUse or Refusal } => reason.Value,
        _ => EndTurn,
    };
}
