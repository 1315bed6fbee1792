using Platform.Contracts.Activations;
using Platform.Contracts.Channels;
using Platform.Core.Activations;
using Platform.Core.Activations.Context;
using Platform.Core.Activations.Policies;
using Platform.Core.Activations.Queue;
using Platform.Core.Runs;
using Platform.Core.Storage;

namespace Platform.Worker.Features.Activations;

/// <summary>Decides claims together: one reading of their facts, one transaction for every "no".</summary>
internal sealed partial class ActivationBatch(
    ActivationFactsReader facts,
    IEnumerable<IActivationPolicy> policies,
    ActivationEnding ending,
    ActivationTelemetry telemetry,
    LeaseKeeper leases,
    WorkerIdentity identity,
    TimeProvider clock,
    ILogger<ActivationBatch> logger)
{
    private readonly Dictionary<ChannelKind, IActivationPolicy> _policies = policies.ToDictionary(policy => policy.Kind);

    /// <summary>Decides claims and ends those that stay silent.</summary>
    /// <param name="held">The claims.</param>
    /// <param name="handBack">Cancelled when the process must stop; undecided claims are then released with the others.</param>
    /// <returns>Those that go on to a model.</returns>
    public async Task<IReadOnlyList<DecidedActivation>> DecideAsync(IReadOnlyList<HeldLease> held, CancellationToken handBack)
    {
        try
        {
            return await DecideTogetherAsync(held, handBack);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            if (held.Count == 1)
            {
                LogUndecided(exception, held[0].Claim.Id);
                leases.Release(held[0]);
                return [];
            }
        }

        // One of them fails the batch; one by one, the others succeed.
        List<DecidedActivation> going = [];
        foreach (var lease in held)
        {
            going.AddRange(await DecideAsync([lease], handBack));
        }

        return going;
    }

    private async Task<IReadOnlyList<DecidedActivation>> DecideTogetherAsync(IReadOnlyList<HeldLease> held, CancellationToken handBack)
    {
        var known = await ReadAsync(held, handBack);
        List<DecidedActivation> silent = [];
        List<DecidedActivation> going = [];
        foreach (var lease in held)
        {
            var record = Decide(lease, known[lease.Claim.Id]);
            var isSilent = record.State == ActivationState.Silent && !lease.Cancelled.IsCancellationRequested && lease.Claim.Deferrals == 0;
            (isSilent ? silent : going).Add(new DecidedActivation(lease, record));
        }

        await EndAsync(silent, handBack);
        return going;
    }

    private async Task EndAsync(List<DecidedActivation> silent, CancellationToken handBack)
    {
        using var span = telemetry.StartBatch(silent.ConvertAll(one => one.Lease), "complete silent");
        await ending.CompleteSilentAsync(silent.ConvertAll(one => one.Record), handBack);
        foreach (var (lease, record) in silent)
        {
            ActivationTelemetry.Describe(lease.Span, record);
            leases.Release(lease);
        }
    }

    private async Task<IReadOnlyDictionary<Guid, ActivationFacts>> ReadAsync(IReadOnlyList<HeldLease> held, CancellationToken cancellationToken)
    {
        using var span = telemetry.StartBatch(held, "read facts");
        return await DatabaseRetry.RunAsync(
            token => facts.ReadAsync([.. held.Select(lease => lease.Claim)], token),
            away => LogNotRead(held.Count, away.Message),
            clock,
            cancellationToken);
    }

    private RunRecord Decide(HeldLease lease, ActivationFacts known)
    {
        var claim = lease.Claim;
        using var span = telemetry.StartPart(lease.Span, "decide");
        telemetry.Claimed(claim);
        var record = known.Begin(claim, identity.Name, clock) with { OtelTraceId = lease.OtelTraceId };
        record.Log.Info($"claimed by {identity.Name}, attempt {claim.Attempt}, after {(claim.StartedAt - claim.CreatedAt).TotalMilliseconds:F0} ms in the queue");
        if (claim.Deferrals > 0)
        {
            record.Log.Info($"deferred {claim.Deferrals} times before: the model failed");
        }

        var begin = record.Log.Elapsed;
        var policy = _policies.GetValueOrDefault(known.ChannelKind)
            ?? throw new InvalidOperationException($"No activation policy is registered for channels of the kind {known.ChannelKind}.");
        var decision = policy.Decide(known);
        record.Log.Span("decision", begin);
        if (decision.SilentReason is not { } reason)
        {
            return record with { Decision = decision };
        }

        record.Log.Info($"silent: {reason}");
        return record with
        {
            Decision = decision,
            State = ActivationState.Silent,
            SilentReason = reason,
        };
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Deciding activation {Id} failed; it is claimed again when its lease expires")]
    private partial void LogUndecided(Exception exception, Guid id);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} activations could not be decided yet: {Reason}")]
    private partial void LogNotRead(int count, string reason);
}

/// <summary>A claim that was decided with "yes", or whose cancellation was requested.</summary>
internal sealed record DecidedActivation(HeldLease Lease, RunRecord Record);
