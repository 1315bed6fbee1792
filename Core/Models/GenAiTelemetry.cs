using System.Diagnostics;
using System.Diagnostics.Metrics;
using Platform.Contracts.Traces;
using Platform.Core.Models.Calls;
using Platform.Core.Models.Providers;

namespace Platform.Core.Models;

/// <summary>Spans and metrics of model calls. Prompt and answer are on the span only if <see cref="ModelOptions.TelemetryContent"/> is set.</summary>
public static class GenAiTelemetry
{
    /// <summary>Name of the activity source and of the meter.</summary>
    public const string SourceName = "Platform.Models";

    private static readonly ActivitySource Source = new(SourceName);
    private static readonly Meter Meter = new(SourceName);

    private static readonly Histogram<long> TokenUsage = Meter.CreateHistogram(
        GenAiNames.TokenUsage, "{token}", "Tokens that a call used, by type.",
        advice: new InstrumentAdvice<long> { HistogramBucketBoundaries = [1, 4, 16, 64, 256, 1024, 4096, 16384, 65536, 262144, 1048576, 4194304, 16777216, 67108864] });

    private static readonly Histogram<double> Duration = Meter.CreateHistogram(
        GenAiNames.OperationDuration, "s", "From the request to the last byte.", advice: Seconds());

    private static readonly Histogram<double> FirstChunk = Meter.CreateHistogram(
        GenAiNames.OperationTimeToFirstChunk, "s", "From the request to the first text.", advice: Seconds());

    internal static Activity? Start(ModelRequest request, ModelRoute route, Uri? apiBase, ModelOptions options)
    {
        var operation = Operation(request);
        var activity = Source.StartActivity($"{operation} {route.Model}", ActivityKind.Client);
        return activity?
            .SetTag(GenAiNames.OperationName, operation)
            .SetTag(GenAiNames.ProviderName(options.GenAiVersion), route.Provider)
            .SetTag(GenAiNames.RequestModel, route.Model)
            .SetTag(GenAiNames.RequestMaxTokens, request.MaxTokens)
            .SetTag(GenAiNames.RequestTemperature, request.Temperature)
            .SetTag(GenAiNames.RequestTopP, request.TopP)
            .SetTag(GenAiNames.RequestStopSequences, request.StopSequences.Count > 0 ? request.StopSequences.ToArray() : null)
            .SetTag(GenAiNames.RequestStream, true)
            .SetTag(GenAiNames.AgentId, request.AgentId)
            .SetTag(GenAiNames.AgentName, request.Persona.Handle)
            .SetTag(GenAiNames.ConversationId, request.ConversationId)
            .SetTag(GenAiNames.ServerAddress, apiBase?.Host)
            .SetTag(GenAiNames.ServerPort, apiBase?.Port);
    }

    /// <summary>Records the outcome on the span and, unless the call was cancelled, in the metrics.</summary>
    internal static void Stop(Activity? activity, ModelRequest request, ModelRoute route, ModelCallResult result, bool isCancelled, ModelOptions options)
    {
        var error = isCancelled ? "cancelled" : result.Error?.Code;
        if (activity is { IsAllDataRequested: true })
        {
            activity
                .SetTag(GenAiNames.ResponseId, result.ResponseId)
                .SetTag(GenAiNames.ResponseModel, result.ResponseModel ?? route.Model)
                .SetTag(GenAiNames.FinishReasons, result.StopReason is null ? null : new[] { result.StopReason })
                .SetTag(GenAiNames.TimeToFirstChunk, result.TimeToFirstToken?.TotalSeconds)
                .SetTag(GenAiNames.InputTokens, Counted(result, result.TokensIn))
                .SetTag(GenAiNames.OutputTokens, Counted(result, result.TokensOut))
                .SetTag(GenAiNames.CacheReadTokens, result.CacheReadTokens)
                .SetTag(GenAiNames.CacheCreationTokens, result.CacheWriteTokens)
                .SetTag(GenAiNames.ReasoningTokens, result.ReasoningTokens)
                .SetTag(GenAiNames.ErrorType, error)
                .SetStatus(error is null ? ActivityStatusCode.Unset : ActivityStatusCode.Error, error);
            if (options.TelemetryContent)
            {
                AddContent(activity, result);
            }
        }

        if (!isCancelled)
        {
            Measure(
                new TagList
                {
                    { GenAiNames.OperationName, Operation(request) },
                    { GenAiNames.ProviderName(options.GenAiVersion), route.Provider },
                    { GenAiNames.RequestModel, route.Model },
                },
                result);
        }
    }

    /// <summary>From the raw bodies, from which the key was taken.</summary>
    private static void AddContent(Activity activity, ModelCallResult result)
    {
        var content = GenAiContent.Of(Body(BodyKind.Request), Body(BodyKind.Response), result.Text, result.StopReason);
        activity
            .SetTag(GenAiNames.SystemInstructions, content.SystemInstructions)
            .SetTag(GenAiNames.InputMessages, content.InputMessages)
            .SetTag(GenAiNames.OutputMessages, content.OutputMessages)
            .SetTag(GenAiNames.ToolDefinitions, content.ToolDefinitions);

        byte[]? Body(BodyKind kind) => result.Bodies.LastOrDefault(body => body.Kind == kind)?.Bytes.ToArray();
    }

    private static void Measure(TagList tags, ModelCallResult result)
    {
        Record(tags, "input", Counted(result, result.TokensIn));
        Record(tags, "output", Counted(result, result.TokensOut));
        if (result.TimeToFirstToken is { } first)
        {
            FirstChunk.Record(first.TotalSeconds, tags);
        }

        if (result.Error is { } error)
        {
            tags.Add(GenAiNames.ErrorType, error.Code);
        }

        Duration.Record(result.Duration.TotalSeconds, tags);
    }

    // The conventions want the provider's counts or none.
    private static int? Counted(ModelCallResult result, int? tokens) => result.TokensEstimated ? null : tokens;

    private static void Record(TagList tags, string type, int? tokens)
    {
        if (tokens is { } count)
        {
            tags.Add(GenAiNames.TokenType, type);
            TokenUsage.Record(count, tags);
        }
    }

    private static string Operation(ModelRequest request) => request.Mode is ModelMode.BaseModel ? GenAiNames.TextCompletion : GenAiNames.Chat;

    private static InstrumentAdvice<double> Seconds() => new()
    {
        HistogramBucketBoundaries = [0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92],
    };
}
