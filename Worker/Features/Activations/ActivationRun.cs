using System.Diagnostics;
using Microsoft.Extensions.Options;
using Platform.Contracts.Activations;
using Platform.Core.Activations;
using Platform.Core.Activations.Queue;
using Platform.Core.Models.Calls;
using Platform.Core.Runs;
using Platform.Core.Storage;
using Platform.ServiceDefaults.Correlation;
using Platform.Worker.Features.DueTimes;

namespace Platform.Worker.Features.Activations;

/// <summary>Runs one activation that was decided with "yes", until it is ended, deferred, or no longer this worker's.</summary>
internal sealed partial class ActivationRun(
    ModelTurn turn,
    ActivationEnding ending,
    ActivationDeferral deferral,
    LeaseKeeper leases,
    DueTimeWatch dueTimes,
    ActivationTelemetry telemetry,
    IOptions<ActivationOptions> options,
    TimeProvider clock,
    ILogger<ActivationRun> logger)
{
    /// <summary>Runs the claim to its end.</summary>
    /// <param name="decided">What was claimed and decided.</param>
    /// <param name="handBack">Cancelled when the process must stop: the claim is then released with the others.</param>
    public async Task RunAsync(DecidedActivation decided, CancellationToken handBack)
    {
        var (lease, record) = decided;
        var claim = lease.Claim;
        Activity.Current = lease.Span;
        using var correlation = claim.CorrelationId is { } id ? CorrelationId.Begin(id) : null;
        using var scope = logger.BeginScope(new Dictionary<string, object?>
        {
            ["activation_id"] = claim.Id,
            [CorrelationId.LogField] = claim.CorrelationId,
        });
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(lease.Lost, handBack);
        try
        {
            await RunAsync(lease, record, leaving.Token);
            leases.Release(lease);
        }
        catch (OperationCanceledException) when (handBack.IsCancellationRequested && !lease.Lost.IsCancellationRequested)
        {
            // Still held: the runner releases all of them at once.
        }
        catch (OperationCanceledException) when (leaving.IsCancellationRequested)
        {
            leases.Release(lease);
        }
        catch
        {
            leases.Release(lease);
            throw;
        }
    }

    private async Task RunAsync(HeldLease lease, RunRecord record, CancellationToken leaving)
    {
        record = record with { Calls = await EarlierCallsAsync(record.Claim, leaving) };
        if (record.State != ActivationState.Silent || lease.Cancelled.IsCancellationRequested)
        {
            using var working = CancellationTokenSource.CreateLinkedTokenSource(leaving, lease.Cancelled);
            record = await turn.RunAsync(record, working.Token);
        }

        leaving.ThrowIfCancellationRequested();
        if (record.State == ActivationState.Cancelled)
        {
            record.Log.Warn($"cancelled by {lease.CancelledBy}");
            record = record with { CancelledBy = lease.CancelledBy };
        }

        ActivationTelemetry.Describe(lease.Span, record);
        using var completing = telemetry.StartPart(lease.Span, "complete");
        if (!await TryDeferAsync(record, leaving))
        {
            await ending.CompleteAsync(record, leaving);
        }
    }

    /// <summary>Defers it when its model failed transiently, nobody waits for the answer, and it was not deferred too often.</summary>
    private async Task<bool> TryDeferAsync(RunRecord record, CancellationToken cancellationToken)
    {
        var claim = record.Claim;
        if (claim.Reason == ActivationReason.Conversation
            || record is not { State: ActivationState.Failed, Calls: [.., { Error: { } error } call] }
            || !ActivationDeferral.IsTransient(error)
            || claim.Deferrals >= options.Value.Delays.Count)
        {
            return false;
        }

        var delay = options.Value.Delays[claim.Deferrals];
        delay = error.RetryAfter > delay ? error.RetryAfter.Value : delay;
        if (await ending.DeferAsync(claim, call, delay, cancellationToken))
        {
            dueTimes.CheckSoon();
        }

        return true;
    }

    private async Task<IReadOnlyList<ModelCallResult>> EarlierCallsAsync(ActivationClaim claim, CancellationToken cancellationToken) =>
        claim.Deferrals == 0 ? [] : await WhileAwayAsync(claim, token => deferral.EarlierCallsAsync(claim, token), cancellationToken);

    private Task<T> WhileAwayAsync<T>(ActivationClaim claim, Func<CancellationToken, Task<T>> work, CancellationToken cancellationToken) =>
        DatabaseRetry.RunAsync(work, away => LogAway(claim.Id, away.Message), clock, cancellationToken);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Activation {Id} waits for Postgres: {Reason}")]
    private partial void LogAway(Guid id, string reason);
}
