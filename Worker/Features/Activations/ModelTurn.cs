using System.Diagnostics;
using Microsoft.Extensions.AI;
using Npgsql;
using Platform.Contracts.Activations;
using Platform.Core.Activations;
using Platform.Core.Activations.Context;
using Platform.Core.Bots;
using Platform.Core.Channels;
using Platform.Core.Generations;
using Platform.Core.Models.Calls;
using Platform.Core.Runs;
using Platform.Core.Storage;

namespace Platform.Worker.Features.Activations;

/// <summary>The part of a run that calls the model: context, call and outcome.</summary>
internal sealed partial class ModelTurn(
    NpgsqlDataSource source,
    ContextBuilder contexts,
    ModelPipeline models,
    LiveChannel live,
    ActivationTelemetry telemetry,
    TimeProvider clock,
    ILogger<ModelTurn> logger)
{
    /// <summary>Calls the model.</summary>
    /// <param name="record">A run that was decided with "yes".</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The record with its final state; <see cref="ActivationState.Cancelled"/> with the text so far when it was stopped.</returns>
    /// <exception cref="NpgsqlException">Postgres cannot be reached.</exception>
    public async Task<RunRecord> RunAsync(RunRecord record, CancellationToken cancellationToken)
    {
        try
        {
            var context = await BuildAsync(record, cancellationToken);
            record = record with { Context = context };
            record.Log.Info($"context of {context.Messages.Count} of {context.Considered} messages");
            return await CallAsync(record, Request(record, context), cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return record with { State = ActivationState.Cancelled };
        }
        catch (Exception exception) when (!DatabaseFailure.IsAway(exception))
        {
            // A bug. It would fail on the next worker too, so the activation fails now; an unavailable database is waited for instead.
            LogBroken(exception, record.Claim.Id);
            record.Log.Error($"internal error: {exception.GetType().Name}");
            return Fail(record, new ActivationError("internal_error", "Internal error in the worker; see its log."), "context_build");
        }
    }

    private async Task<ActivationContext> BuildAsync(RunRecord record, CancellationToken cancellationToken)
    {
        using var span = telemetry.StartPart(Activity.Current, "build context");
        var begin = record.Log.Elapsed;
        var context = await contexts.BuildAsync(record.Claim, record.Bot, cancellationToken);
        record.Log.Span("context_build", begin);
        span?.SetTag("platform.context.messages", context.Messages.Count);
        return context;
    }

    private static ModelRequest Request(RunRecord record, ActivationContext context) => new()
    {
        Model = record.Claim.Model ?? record.Bot.ContinuationModel,
        Mode = record.Bot.Mode,
        Persona = record.Bot.ToPersona(),
        SystemPrompt = record.Bot.SystemPrompt,
        Messages = [.. Prefix(record.Bot), .. context.Messages.Select(ToChatMessage)],
        Temperature = record.Bot.Temperature,
        TopP = record.Bot.TopP,
        MaxTokens = record.Bot.MaxTokens,
        StopSequences = record.Bot.StopSequences,
        ProviderParameters = record.Bot.ProviderParameters.ToDictionary(pair => pair.Key, pair => (object?)pair.Value),
        ConversationId = record.Claim.ChannelId.ToString(),
        AgentId = record.Claim.BotId.ToString(),
    };

    private static IEnumerable<ChatMessage> Prefix(BotDefinition bot) =>
        string.IsNullOrEmpty(bot.ContextPrefix) ? [] : [new ChatMessage(ChatRole.User, bot.ContextPrefix)];

    private static ChatMessage ToChatMessage(ContextMessage message) =>
        new(message.IsOwn ? ChatRole.Assistant : ChatRole.User, message.Content) { AuthorName = message.Participant };

    private async Task<RunRecord> CallAsync(RunRecord record, ModelRequest request, CancellationToken cancellationToken)
    {
        await using var writer = new GenerationWriter(record.Claim, source, live, clock, logger);
        ModelCallResult call;
        try
        {
            call = await models.StreamAsync(
                request,
                (text, _) =>
                {
                    writer.Append(text);
                    return ValueTask.CompletedTask;
                },
                cancellationToken);
        }
        catch (ModelCallCancelledException stopped)
        {
            return record with { State = ActivationState.Cancelled, Calls = [.. record.Calls, stopped.Call], Text = writer.Text };
        }

        return Conclude(record with { Calls = [.. record.Calls, call], Text = writer.Text }, call);
    }

    private static RunRecord Conclude(RunRecord record, ModelCallResult call)
    {
        if (call.Error is { } error)
        {
            record.Log.Error($"{call.Provider ?? "no provider"} failed: {error.Message}");
            return Fail(record, new ActivationError(error.Code, error.Message), "llm_call");
        }

        record.Log.Info($"{call.Provider} answered with {record.Text.Length} characters in {call.Duration.TotalMilliseconds:F0} ms, stop reason {call.StopReason}");
        var isWhole = call.StopReason is ModelStops.EndTurn or ModelStops.StopSequence;
        if (!isWhole)
        {
            record.Log.Warn($"the answer ended early: {Reason(call.StopReason)}");
        }

        if (!string.IsNullOrWhiteSpace(record.Text))
        {
            return record with { State = ActivationState.Answered, AnswerMessageId = Guid.CreateVersion7() };
        }

        if (!isWhole)
        {
            var thought = call.ReasoningLength > 0 ? $"only {call.ReasoningLength} characters of reasoning" : "no text";
            return Fail(record, new ActivationError("empty_answer", $"The model sent {thought}: {Reason(call.StopReason)}."), "llm_call");
        }

        record.Log.Info("silent: empty_answer");
        return record with { State = ActivationState.Silent, SilentReason = "empty_answer" };
    }

    private static string Reason(string? stop) => stop switch
    {
        ModelStops.MaxTokens => "the output token limit was reached (max_tokens)",
        ModelStops.MaxCharacters => $"it has more than {Message.MaxConversationLength} characters and was cut",
        ModelStops.Refusal => "the provider's content filter or the model refused it (refusal)",
        ModelStops.ToolUse => "it asked for a tool, and none was offered (tool_use)",
        ModelStops.OpenReasoning => "its reasoning did not end",
        _ => $"the provider gave the reason '{stop}'",
    };

    private static RunRecord Fail(RunRecord record, ActivationError error, string phase) =>
        record with { State = ActivationState.Failed, Error = error, ErrorPhase = phase };

    [LoggerMessage(Level = LogLevel.Error, Message = "Activation {Id} failed with an unexpected error")]
    private partial void LogBroken(Exception exception, Guid id);
}
