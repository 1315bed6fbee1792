using System.Diagnostics;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Npgsql;
using Platform.Contracts.Activations;
using Platform.Core.Activations;
using Platform.Core.Generations;
using Platform.Core.Models;
using Platform.Core.Storage;
using Platform.ServiceDefaults.Correlation;

namespace Platform.Worker.Features.Activations;

/// <summary>Runs one claimed activation from decision to stored answer.</summary>
internal sealed partial class ActivationRun(
    NpgsqlDataSource source,
    IDbContextFactory<PlatformDbContext> contexts,
    ActivationQueue queue,
    LeaseKeeper leases,
    ContextBuilder contextBuilder,
    IModelGateway models,
    LiveChannel live,
    ActivationCompletion completion,
    ActivationTelemetry telemetry,
    WorkerIdentity identity,
    IOptions<ActivationOptions> options,
    TimeProvider clock,
    ILogger<ActivationRun> logger)
{
    private const string NotStorable = "not_storable";

    private static readonly TimeSpan CompletionPause = TimeSpan.FromMilliseconds(500);

    /// <summary>Runs the claim to its end.</summary>
    /// <param name="claim">What was claimed.</param>
    /// <param name="handBack">Cancelled when the process must go: the claim is given back for another worker.</param>
    public async Task RunAsync(ActivationClaim claim, CancellationToken handBack)
    {
        using var span = telemetry.Start(claim);
        using var correlation = claim.CorrelationId is { } id ? CorrelationId.Begin(id) : null;
        using var scope = logger.BeginScope(new Dictionary<string, object?>
        {
            ["activation_id"] = claim.Id,
            [CorrelationId.LogField] = claim.CorrelationId,
        });
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(leases.Hold(claim), handBack);
        try
        {
            var record = await AnswerAsync(claim, ending.Token);
            await CompleteAsync(record, ending.Token);
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            await GiveUpAsync(claim, handBack);
        }
        finally
        {
            leases.Release(claim);
        }
    }

    private async Task<ActivationRecord> AnswerAsync(ActivationClaim claim, CancellationToken cancellationToken)
    {
        var facts = await ReadFactsAsync(claim, cancellationToken);
        var record = new ActivationRecord
        {
            TraceId = Guid.CreateVersion7(),
            Claim = claim,
            Bot = facts.Bot,
            Worker = identity.Name,
            ChannelName = facts.ChannelName,
            Trigger = facts.Trigger,
            TriggerAuthor = facts.TriggerAuthor,
            Log = new RunLog(clock),
            State = ActivationState.Failed,
            OtelTraceId = Activity.Current?.TraceId.ToHexString(),
        };
        record.Log.Info($"claimed by {identity.Name}, attempt {claim.Attempt}, after {(claim.StartedAt - claim.CreatedAt).TotalMilliseconds:F0} ms in the queue");
        if (claim.Attempt > options.Value.MaxAttempts)
        {
            return Fail(record, new ActivationError(
                "worker_lost", $"It was begun {claim.Attempt - 1} times and never brought to an end; it is not tried again. The workers' logs say why."), "worker");
        }

        record = record with { Decision = ActivationDecision.ForConversation(facts.Bot, facts.Enabled, facts.Trigger) };
        return record.Decision.SilentReason is { } reason
            ? StaySilent(record, reason)
            : await TryCallModelAsync(record, cancellationToken);
    }

    private async Task<ActivationRecord> TryCallModelAsync(ActivationRecord record, CancellationToken cancellationToken)
    {
        try
        {
            return await CallModelAsync(record, cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException && !DatabaseFailure.IsAway(exception))
        {
            // A bug. It would strike the next worker too, so the person learns of it now; a database that is away is waited for instead.
            LogBroken(exception, record.Claim.Id);
            record.Log.Error($"internal error: {exception.GetType().Name}");
            return Fail(record, new ActivationError("internal_error", "Something went wrong in the worker; its log says what."), "context_build");
        }
    }

    private async Task<ActivationRecord> CallModelAsync(ActivationRecord record, CancellationToken cancellationToken)
    {
        var context = await contextBuilder.BuildAsync(record.Claim, record.Bot, cancellationToken);
        record.Log.Info($"context of {context.Messages.Count} of {context.Considered} messages");
        await using var writer = new GenerationWriter(record.Claim, source, live, clock, logger);
        var call = await models.StreamAsync(
            context.ToRequest(record.Bot, record.Claim.Model),
            (text, _) =>
            {
                writer.Append(text);
                return ValueTask.CompletedTask;
            },
            cancellationToken);
        record = record with { Context = context, Calls = [call], Text = writer.Text };
        if (call.Error is { } error)
        {
            record.Log.Error($"{call.Provider ?? "no provider"} failed: {error.Message}");
            return Fail(record, new ActivationError(error.Code, error.Message), "llm_call");
        }

        record.Log.Info($"{call.Provider} answered with {record.Text.Length} characters in {call.Duration.TotalMilliseconds:F0} ms, stop reason {call.StopReason}");
        return string.IsNullOrWhiteSpace(record.Text)
            ? StaySilent(record, "empty_answer")
            : record with { State = ActivationState.Answered, AnswerMessageId = Guid.CreateVersion7() };
    }

    private async Task CompleteAsync(ActivationRecord record, CancellationToken cancellationToken)
    {
        // The answer is paid for: while Postgres is away, wait for it rather than throw the answer away.
        while (true)
        {
            try
            {
                if (await completion.CompleteAsync(record, cancellationToken))
                {
                    telemetry.Ended(record);
                    live.PublishChange(record.Claim.ChannelId);
                    LogEnded(record.Claim.Id, record.State, record.Bot.Handle, (long)record.Log.Elapsed.TotalMilliseconds);
                }
                else
                {
                    LogStale(record.Claim.Id, record.Claim.Fence);
                }

                return;
            }
            catch (NpgsqlException exception) when (exception.IsTransient || exception is not PostgresException)
            {
                LogNotStored(record.Claim.Id, exception.Message);
                await Task.Delay(CompletionPause, clock, cancellationToken);
            }
            catch (Exception exception) when (record.Error?.Code != NotStorable && IsRefusal(exception))
            {
                // Every worker would be refused alike, after paying for the answer once more: store the failure without what was refused.
                LogRefused(exception, record.Claim.Id);
                record = Fail(
                    record with { Context = null, Calls = [], Text = "", AnswerMessageId = null },
                    new ActivationError(NotStorable, "The answer held something that cannot be stored; the worker's log says what."),
                    "llm_call");
            }
        }
    }

    /// <summary>True when Postgres or the encoder refuses the data itself (SQLSTATE classes 22 and 23), now and always.</summary>
    private static bool IsRefusal(Exception exception) =>
        exception is EncoderFallbackException
        || (exception is PostgresException { SqlState: var state }
            && (state.StartsWith("22", StringComparison.Ordinal) || state.StartsWith("23", StringComparison.Ordinal)));

    private async Task GiveUpAsync(ActivationClaim claim, CancellationToken handBack)
    {
        if (!handBack.IsCancellationRequested)
        {
            return;
        }

        try
        {
            if (await queue.HandBackAsync(claim, CancellationToken.None))
            {
                LogHandedBack(claim.Id);
            }
        }
        catch (NpgsqlException exception)
        {
            LogNotHandedBack(claim.Id, exception.Message);
        }
    }

    private async Task<ActivationFacts> ReadFactsAsync(ActivationClaim claim, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await (
            from bot in context.Bots
            join channel in context.Channels on claim.ChannelId equals channel.Id
            where bot.AuthorId == claim.BotId
            let trigger = context.Messages.FirstOrDefault(message => message.Id == claim.TriggerMessageId)
            select new ActivationFacts(
                bot.Definition,
                bot.Enabled,
                channel.Title,
                trigger,
                context.Authors.Where(author => author.Id == trigger!.AuthorId).Select(author => author.DisplayName).FirstOrDefault()))
            .SingleAsync(cancellationToken);
    }

    private static ActivationRecord StaySilent(ActivationRecord record, string reason)
    {
        record.Log.Info($"silent: {reason}");
        return record with { State = ActivationState.Silent, SilentReason = reason };
    }

    private static ActivationRecord Fail(ActivationRecord record, ActivationError error, string phase) =>
        record with { State = ActivationState.Failed, Error = error, ErrorPhase = phase };

    [LoggerMessage(Level = LogLevel.Information, Message = "Activation {Id} of {Bot} ended {State} after {DurationMs} ms")]
    private partial void LogEnded(Guid id, ActivationState state, string bot, long durationMs);

    [LoggerMessage(Level = LogLevel.Error, Message = "Activation {Id} failed by an unexpected error")]
    private partial void LogBroken(Exception exception, Guid id);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Activation {Id} was ended by a newer claim; claim {Fence} stored nothing")]
    private partial void LogStale(Guid id, long fence);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The end of activation {Id} could not be stored yet: {Reason}")]
    private partial void LogNotStored(Guid id, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "The end of activation {Id} was refused by the database")]
    private partial void LogRefused(Exception exception, Guid id);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Activation {Id} could not be handed back; another worker takes it when its lease runs out: {Reason}")]
    private partial void LogNotHandedBack(Guid id, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "Activation {Id} was handed back for another worker")]
    private partial void LogHandedBack(Guid id);
}
