namespace Platform.Core.Models;

/// <summary>
/// All names of OpenTelemetry's GenAI conventions that are written here, live and in exports, because they still change:
/// https://github.com/open-telemetry/semantic-conventions-genai.
/// </summary>
internal static class GenAiNames
{
    public const string AgentId = "gen_ai.agent.id";
    public const string AgentName = "gen_ai.agent.name";
    public const string CacheCreationTokens = "gen_ai.usage.cache_creation.input_tokens";
    public const string CacheReadTokens = "gen_ai.usage.cache_read.input_tokens";
    public const string ConversationId = "gen_ai.conversation.id";
    public const string ErrorType = "error.type";
    public const string FinishReasons = "gen_ai.response.finish_reasons";
    public const string InputMessages = "gen_ai.input.messages";
    public const string InputTokens = "gen_ai.usage.input_tokens";
    public const string OperationName = "gen_ai.operation.name";
    public const string OutputMessages = "gen_ai.output.messages";
    public const string OutputTokens = "gen_ai.usage.output_tokens";
    public const string ReasoningTokens = "gen_ai.usage.reasoning.output_tokens";
    public const string RequestMaxTokens = "gen_ai.request.max_tokens";
    public const string RequestModel = "gen_ai.request.model";
    public const string RequestStopSequences = "gen_ai.request.stop_sequences";
    public const string RequestStream = "gen_ai.request.stream";
    public const string RequestTemperature = "gen_ai.request.temperature";
    public const string RequestTopP = "gen_ai.request.top_p";
    public const string ResponseId = "gen_ai.response.id";
    public const string ResponseModel = "gen_ai.response.model";
    public const string ServerAddress = "server.address";
    public const string ServerPort = "server.port";
    public const string SystemInstructions = "gen_ai.system_instructions";
    public const string TimeToFirstChunk = "gen_ai.response.time_to_first_chunk";
    public const string TokenType = "gen_ai.token.type";
    public const string ToolCallArguments = "gen_ai.tool.call.arguments";
    public const string ToolCallId = "gen_ai.tool.call.id";
    public const string ToolCallResult = "gen_ai.tool.call.result";
    public const string ToolDefinitions = "gen_ai.tool.definitions";
    public const string ToolName = "gen_ai.tool.name";
    public const string ToolType = "gen_ai.tool.type";

    /// <summary>Values of <see cref="OperationName"/>.</summary>
    public const string Chat = "chat";
    public const string ExecuteTool = "execute_tool";
    public const string InvokeAgent = "invoke_agent";
    public const string TextCompletion = "text_completion";

    /// <summary>Metrics.</summary>
    public const string TokenUsage = "gen_ai.client.token.usage";
    public const string OperationDuration = "gen_ai.client.operation.duration";
    public const string OperationTimeToFirstChunk = "gen_ai.client.operation.time_to_first_chunk";

    /// <summary>The model's provider.</summary>
    public static string ProviderName(GenAiVersion version = GenAiVersion.Latest) => version is GenAiVersion.V136 ? "gen_ai.system" : "gen_ai.provider.name";
}

/// <summary>Which version of the conventions is written; they differ in names only.</summary>
public enum GenAiVersion
{
    /// <summary>The newest supported: 1.37 and later.</summary>
    Latest,

    /// <summary>1.36 and before, for backends that support no other.</summary>
    V136,
}
