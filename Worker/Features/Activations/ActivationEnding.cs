using System.Text;
using Npgsql;
using Platform.Contracts.Activations;
using Platform.Core.Activations;
using Platform.Core.Activations.Completion;
using Platform.Core.Activations.Queue;
using Platform.Core.Generations;
using Platform.Core.Models.Calls;
using Platform.Core.Runs;
using Platform.Core.Storage;

namespace Platform.Worker.Features.Activations;

/// <summary>Stores how runs ended, however long Postgres is unavailable.</summary>
internal sealed partial class ActivationEnding(
    ActivationCompletion completion,
    SilentCompletion silent,
    ActivationDeferral deferral,
    LiveChannel live,
    ActivationTelemetry telemetry,
    TimeProvider clock,
    ILogger<ActivationEnding> logger)
{
    private const string NotStorable = "not_storable";

    /// <summary>Stores one run.</summary>
    /// <param name="record">With its final state.</param>
    /// <param name="cancellationToken">Cancelled when the claim is lost or must be released.</param>
    public async Task CompleteAsync(RunRecord record, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                Report(record, await WhileAwayAsync(record.Claim, token => completion.CompleteAsync(record, token), cancellationToken));
                return;
            }
            catch (Exception exception) when (record.Error?.Code != NotStorable && IsRefusal(exception))
            {
                // Every worker would be refused alike, after paying for the answer once more: store the failure without what was refused.
                LogRefused(exception, record.Claim.Id);
                record = record with
                {
                    State = ActivationState.Failed,
                    Error = new ActivationError(NotStorable, "The answer contains a value that cannot be stored; see the worker's log."),
                    ErrorPhase = "llm_call",
                    Context = null,
                    Calls = [],
                    Text = "",
                    AnswerMessageId = null,
                };
            }
        }
    }

    /// <summary>Stores runs that were decided with "no", together.</summary>
    /// <inheritdoc cref="CompleteAsync"/>
    public async Task CompleteSilentAsync(IReadOnlyList<RunRecord> records, CancellationToken cancellationToken)
    {
        if (records.Count == 0)
        {
            return;
        }

        try
        {
            var ended = await WhileAwayAsync(records[0].Claim, token => silent.CompleteAsync(records, token), cancellationToken);
            foreach (var record in records)
            {
                Report(record, ended.Contains(record.Claim.Id));
            }
        }
        catch (Exception exception) when (IsRefusal(exception))
        {
            // One of them fails the batch; one by one, the others succeed.
            foreach (var record in records)
            {
                await CompleteAsync(record, cancellationToken);
            }
        }
    }

    /// <summary>Defers an activation.</summary>
    /// <param name="claim">The claim, which ends.</param>
    /// <param name="call">The call that failed, with its error.</param>
    /// <param name="delay">How long to wait.</param>
    /// <param name="cancellationToken">Cancelled when the claim is lost or must be released.</param>
    /// <returns>False when the claim was no longer the newest.</returns>
    public async Task<bool> DeferAsync(ActivationClaim claim, ModelCallResult call, TimeSpan delay, CancellationToken cancellationToken)
    {
        if (!await WhileAwayAsync(claim, token => deferral.DeferAsync(claim, call, delay, token), cancellationToken))
        {
            LogStale(claim.Id, claim.Fence);
            return false;
        }

        LogDeferred(claim.Id, call.Error?.Code, delay.TotalSeconds);
        return true;
    }

    /// <summary>The answer is paid for: while Postgres is unavailable, storing it is repeated.</summary>
    private Task<T> WhileAwayAsync<T>(ActivationClaim claim, Func<CancellationToken, Task<T>> store, CancellationToken cancellationToken) =>
        DatabaseRetry.RunAsync(store, away => LogNotStored(claim.Id, away.Message), clock, cancellationToken);

    /// <summary>True when Postgres or the encoder refuses the data itself (SQLSTATE classes 22 and 23), now and always.</summary>
    private static bool IsRefusal(Exception exception) =>
        exception is EncoderFallbackException
        || (exception is PostgresException { SqlState: var state }
            && (state.StartsWith("22", StringComparison.Ordinal) || state.StartsWith("23", StringComparison.Ordinal)));

    private void Report(RunRecord record, bool stored)
    {
        if (!stored)
        {
            LogStale(record.Claim.Id, record.Claim.Fence);
            return;
        }

        telemetry.Ended(record);
        live.PublishChange(record.Claim.ChannelId);
        LogEnded(record.Claim.Id, record.State, record.Bot.Handle, (long)record.Log.Elapsed.TotalMilliseconds);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Activation {Id} of {Bot} ended {State} after {DurationMs} ms")]
    private partial void LogEnded(Guid id, ActivationState state, string bot, long durationMs);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Activation {Id} is deferred by {DelaySeconds} s: the model failed with {Code}")]
    private partial void LogDeferred(Guid id, string? code, double delaySeconds);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Activation {Id} was ended by a newer claim; claim {Fence} stored nothing")]
    private partial void LogStale(Guid id, long fence);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The result of activation {Id} could not be stored yet: {Reason}")]
    private partial void LogNotStored(Guid id, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "The result of activation {Id} was rejected by the database")]
    private partial void LogRefused(Exception exception, Guid id);
}
