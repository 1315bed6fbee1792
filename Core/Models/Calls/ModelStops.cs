using Microsoft.Extensions.AI;

namespace Platform.Core.Models.Calls;

/// <summary>Why a model stopped, in ChapterX's words.</summary>
public static class ModelStops
{
    public const string EndTurn = "end_turn";
    public const string MaxTokens = "max_tokens";
    public const string StopSequence = "stop_sequence";
    public const string ToolUse = "tool_use";
    public const string Refusal = "refusal";

    /// <summary>Our own: the answer had more than <see cref="ModelCall.MaxTextLength"/>.</summary>
    public const string MaxCharacters = "max_characters";

    /// <summary>Our own: a <c>&lt;think&gt;</c> block was not closed.</summary>
    public const string OpenReasoning = "open_reasoning";

    /// <summary>A client may also report one of the words above as it is; a reason that is not known stays visible as it is.</summary>
    public static string From(ChatFinishReason reason) => reason switch
    {
        _ when reason == ChatFinishReason.Length => MaxTokens,
        _ when reason == ChatFinishReason.ToolCalls => ToolUse,
        _ when reason == ChatFinishReason.ContentFilter => Refusal,
        _ when reason == ChatFinishReason.Stop => EndTurn,
        _ => reason.Value,
    };
}
