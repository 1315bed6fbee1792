using System.Diagnostics;
using Microsoft.Extensions.Options;
using Platform.Contracts.Outbox;
using Platform.Core.Outbox;
using Platform.Core.Storage;
using Platform.Worker.Features.DueTimes;

namespace Platform.Worker.Features.Outbox;

/// <summary>Delivers one claimed effect and records the outcome.</summary>
internal sealed partial class Delivery(
    IEnumerable<IEffectSender> senders,
    DeliveryRecorder recorder,
    DeliveryLeases leases,
    OutboxTelemetry telemetry,
    DueTimeWatch dueTimes,
    IOptions<OutboxOptions> options,
    TimeProvider clock,
    ILogger<Delivery> logger)
{
    private readonly Dictionary<EffectKind, IEffectSender> _senders = senders.ToDictionary(sender => sender.Kind);

    /// <summary>Makes one attempt.</summary>
    /// <param name="claim">What was claimed.</param>
    /// <param name="handBack">Cancelled when the process shuts down: the claim is released for another worker.</param>
    public async Task RunAsync(EffectClaim claim, CancellationToken handBack)
    {
        using var span = telemetry.Start(claim);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(leases.Hold(claim), handBack);
        var began = clock.GetTimestamp();
        try
        {
            var result = await SendAsync(claim, ending.Token);
            var outcome = await RecordAsync(claim, result, ending.Token);
            telemetry.Ended(claim, outcome, clock.GetElapsedTime(began));
            span?.SetTag("platform.effect.outcome", outcome);
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            telemetry.Ended(claim, "lost", clock.GetElapsedTime(began));
            span?.SetStatus(ActivityStatusCode.Error, "The claim was lost or released.");
            await HandBackAsync(claim, handBack);
        }
        finally
        {
            leases.Release(claim);
        }
    }

    private async Task<DeliveryResult> SendAsync(EffectClaim claim, CancellationToken cancellationToken)
    {
        if (!_senders.TryGetValue(claim.Kind, out var sender))
        {
            return DeliveryResult.Refused($"This worker cannot make deliveries of kind {EnumText.Of(claim.Kind)}.");
        }

        try
        {
            return await sender.SendAsync(claim, cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException && !DatabaseFailure.IsAway(exception))
        {
            // A bug: it is retried like a failure of the receiver and becomes a dead letter, where it is visible.
            LogBroken(exception, claim.Id);
            return DeliveryResult.Failed($"Internal error in the worker ({exception.GetType().Name}); see its log.");
        }
    }

    /// <summary>Waits while Postgres is unavailable: the receiver has the delivery, and losing the record would send it twice.</summary>
    private Task<string> RecordAsync(EffectClaim claim, DeliveryResult result, CancellationToken cancellationToken) => DatabaseRetry.RunAsync(
        token => TryRecordAsync(claim, result, token), away => LogNotRecorded(claim.Id, away.Message), clock, cancellationToken);

    private async Task<string> TryRecordAsync(EffectClaim claim, DeliveryResult result, CancellationToken cancellationToken)
    {
        bool newest;
        string outcome;
        var reason = result.Error ?? "";
        if (result.Outcome == DeliveryOutcome.Delivered)
        {
            outcome = "delivered";
            newest = await recorder.DeliveredAsync(claim, cancellationToken);
        }
        else if (DeliveryRetry.Next(options.Value, claim, result) is { } retry)
        {
            outcome = "retried";
            newest = await recorder.RetryAsync(claim, result.Explanation, retry.Delay, retry.Counts, cancellationToken);
            dueTimes.CheckSoon();
            LogRetried(claim.Id, claim.Attempt + 1, retry.Delay.TotalSeconds, reason);
        }
        else
        {
            outcome = "dead";
            newest = await recorder.DeadLetterAsync(claim, result.Explanation, reason, result.Outcome == DeliveryOutcome.Gone, cancellationToken);
            LogDead(claim.Id, claim.Attempt + 1, reason);
        }

        if (newest)
        {
            return outcome;
        }

        LogStale(claim.Id, claim.Fence);
        return "lost";
    }

    private async Task HandBackAsync(EffectClaim claim, CancellationToken handBack)
    {
        if (!handBack.IsCancellationRequested)
        {
            return;
        }

        try
        {
            await recorder.HandBackAsync(claim, CancellationToken.None);
        }
        catch (Exception exception) when (DatabaseFailure.IsThrownByNpgsql(exception))
        {
            LogNotHandedBack(claim.Id, exception.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Delivery {Id} failed at attempt {Try}; retrying in {DelaySeconds} s: {Reason}")]
    private partial void LogRetried(Guid id, int @try, double delaySeconds, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Delivery {Id} became a dead letter after attempt {Try}: {Reason}")]
    private partial void LogDead(Guid id, int @try, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "Delivery {Id} failed with an unexpected error")]
    private partial void LogBroken(Exception exception, Guid id);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The outcome of delivery {Id} could not be stored yet: {Reason}")]
    private partial void LogNotRecorded(Guid id, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Delivery {Id} was claimed by another worker meanwhile; claim {Fence} stored nothing")]
    private partial void LogStale(Guid id, long fence);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Delivery {Id} could not be released; another worker claims it when its lease expires: {Reason}")]
    private partial void LogNotHandedBack(Guid id, string reason);
}
