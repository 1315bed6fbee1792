using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Platform.Core.Models;

/// <summary>
/// Spans and metrics of model calls, never with content. All names of OpenTelemetry's GenAI conventions stand here, because they still change:
/// https://github.com/open-telemetry/semantic-conventions-genai.
/// </summary>
public static class GenAiTelemetry
{
    /// <summary>Name of the activity source and of the meter.</summary>
    public const string SourceName = "Platform.Models";

    private const string OperationName = "gen_ai.operation.name";
    private const string ProviderName = "gen_ai.provider.name";
    private const string RequestModel = "gen_ai.request.model";
    private const string RequestMaxTokens = "gen_ai.request.max_tokens";
    private const string RequestTemperature = "gen_ai.request.temperature";
    private const string RequestTopP = "gen_ai.request.top_p";
    private const string RequestStream = "gen_ai.request.stream";
    private const string AgentName = "gen_ai.agent.name";
    private const string FinishReasons = "gen_ai.response.finish_reasons";
    private const string TimeToFirstChunk = "gen_ai.response.time_to_first_chunk";
    private const string InputTokens = "gen_ai.usage.input_tokens";
    private const string OutputTokens = "gen_ai.usage.output_tokens";
    private const string CacheReadTokens = "gen_ai.usage.cache_read.input_tokens";
    private const string CacheCreationTokens = "gen_ai.usage.cache_creation.input_tokens";
    private const string ReasoningTokens = "gen_ai.usage.reasoning.output_tokens";
    private const string TokenType = "gen_ai.token.type";
    private const string ErrorType = "error.type";
    private const string ServerAddress = "server.address";
    private const string ServerPort = "server.port";

    private static readonly ActivitySource Source = new(SourceName);
    private static readonly Meter Meter = new(SourceName);

    private static readonly Histogram<long> TokenUsage = Meter.CreateHistogram(
        "gen_ai.client.token.usage", "{token}", "Tokens that a call used, by type.",
        advice: new InstrumentAdvice<long> { HistogramBucketBoundaries = [1, 4, 16, 64, 256, 1024, 4096, 16384, 65536, 262144, 1048576, 4194304, 16777216, 67108864] });

    private static readonly Histogram<double> Duration = Meter.CreateHistogram(
        "gen_ai.client.operation.duration", "s", "From the request to the last byte.", advice: Seconds());

    private static readonly Histogram<double> FirstChunk = Meter.CreateHistogram(
        "gen_ai.client.operation.time_to_first_chunk", "s", "From the request to the first text.", advice: Seconds());

    internal static Activity? Start(ModelRequest request, ModelRoute route, Uri? apiBase)
    {
        var operation = Operation(request);
        var activity = Source.StartActivity($"{operation} {route.Model}", ActivityKind.Client);
        return activity?
            .SetTag(OperationName, operation)
            .SetTag(ProviderName, route.Provider)
            .SetTag(RequestModel, route.Model)
            .SetTag(RequestMaxTokens, request.MaxTokens)
            .SetTag(RequestTemperature, request.Temperature)
            .SetTag(RequestTopP, request.TopP)
            .SetTag(RequestStream, true)
            .SetTag(AgentName, request.Persona.Handle)
            .SetTag(ServerAddress, apiBase?.Host)
            .SetTag(ServerPort, apiBase?.Port);
    }

    internal static void Stop(Activity? activity, ModelRequest request, ModelRoute route, ModelCallResult result)
    {
        activity?
            .SetTag(FinishReasons, result.StopReason is null ? null : new[] { result.StopReason })
            .SetTag(TimeToFirstChunk, result.TimeToFirstToken?.TotalSeconds)
            .SetTag(InputTokens, result.TokensIn)
            .SetTag(OutputTokens, result.TokensOut)
            .SetTag(CacheReadTokens, result.CacheReadTokens)
            .SetTag(CacheCreationTokens, result.CacheWriteTokens)
            .SetTag(ReasoningTokens, result.ReasoningTokens)
            .SetTag(ErrorType, result.Error?.Code)
            .SetStatus(result.Error is null ? ActivityStatusCode.Unset : ActivityStatusCode.Error, result.Error?.Code);
        Measure(new TagList
        {
            { OperationName, Operation(request) },
            { ProviderName, route.Provider },
            { RequestModel, route.Model },
        }, result);
    }

    private static void Measure(TagList tags, ModelCallResult result)
    {
        Record(tags, "input", result.TokensIn);
        Record(tags, "output", result.TokensOut);
        if (result.TimeToFirstToken is { } first)
        {
            FirstChunk.Record(first.TotalSeconds, tags);
        }

        if (result.Error is { } error)
        {
            tags.Add(ErrorType, error.Code);
        }

        Duration.Record(result.Duration.TotalSeconds, tags);
    }

    private static void Record(TagList tags, string type, int? tokens)
    {
        if (tokens is { } count)
        {
            tags.Add(TokenType, type);
            TokenUsage.Record(count, tags);
        }
    }

    private static string Operation(ModelRequest request) => request.Mode is ModelMode.BaseModel ? "text_completion" : "chat";

    private static InstrumentAdvice<double> Seconds() => new()
    {
        HistogramBucketBoundaries = [0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92],
    };
}
