using System.Diagnostics;
using Npgsql;
using Platform.Contracts.Activations;
using Platform.Contracts.EventLog;
using Platform.Core.Activations.Completion;
using Platform.Core.Activations.Context;
using Platform.Core.Activations.Queue;
using Platform.Core.EventLog;
using Platform.Core.Generations;
using Platform.Core.Runs;
using Platform.Core.Storage;

namespace Platform.Core.Activations;

/// <summary>Control of activations: cancel, requeue parked ones, mark parked ones as failed.</summary>
public sealed class ActivationControl(
    NpgsqlDataSource source,
    ActivationFactsReader facts,
    ActivationDeferral deferral,
    ActivationCompletion completion,
    LiveChannel live,
    TimeProvider clock)
{
    /// <summary>How often a change is tried on a row that others change meanwhile.</summary>
    private const int Attempts = 5;

    /// <summary>Cancels an activation: a waiting one ends at once with its trace, a running one is cancelled by its worker.</summary>
    /// <param name="tenantId">The tenant that owns it.</param>
    /// <param name="id">The activation.</param>
    /// <param name="who">The person, for the trace.</param>
    /// <param name="cancellationToken">Cancels the request while nothing is stored.</param>
    /// <returns><see cref="ActivationChange.Conflict"/> when it ended before.</returns>
    /// <exception cref="NpgsqlException">Postgres cannot be reached.</exception>
    public async Task<ActivationChange> CancelAsync(string tenantId, Guid id, string who, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            switch (await FindAsync(tenantId, id, cancellationToken))
            {
                case null:
                    return ActivationChange.Missing;
                case { State: ActivationState.Queued or ActivationState.Parked } waiting:
                    if (await EndAsync(waiting.Claim, ActivationState.Cancelled, who, null, cancellationToken))
                    {
                        return ActivationChange.Done;
                    }

                    break;
                case { State: ActivationState.Running }:
                    if (await RequestCancelAsync(id, who, cancellationToken))
                    {
                        return ActivationChange.Asked;
                    }

                    break;
                default:
                    return ActivationChange.Conflict;
            }
        }

        return ActivationChange.Conflict;
    }

    /// <summary>Ends a parked activation as failed, with its trace.</summary>
    /// <inheritdoc cref="CancelAsync"/>
    /// <returns><see cref="ActivationChange.Conflict"/> when it is not parked.</returns>
    public async Task<ActivationChange> FailParkedAsync(string tenantId, Guid id, string who, CancellationToken cancellationToken) =>
        await FindAsync(tenantId, id, cancellationToken) switch
        {
            null => ActivationChange.Missing,
            { State: ActivationState.Parked } parked
                when await EndAsync(parked.Claim, ActivationState.Failed, who, parked.Error, cancellationToken) => ActivationChange.Done,
            _ => ActivationChange.Conflict,
        };

    /// <summary>
    /// Puts a parked activation back into the queue, as if none of its workers had been lost. Where the request is recorded, its trace is the one
    /// that the next attempts join; it has a link to the first trace.
    /// </summary>
    /// <inheritdoc cref="FailParkedAsync"/>
    public async Task<ActivationChange> RequeueAsync(string tenantId, Guid id, CancellationToken cancellationToken)
    {
        var request = Activity.Current is { Recorded: true } span ? span : null;
        var (isThere, isQueued, asked) = await source.Sql(
            $"""
            with parked as (
                select id, trace_parent from activations where id = @id and tenant_id = @tenant and state = 'parked' for update
            ), again as (
                update activations a
                set state = 'queued', losses = 0, not_before = now(), error_code = null, error_message = null,
                    trace_parent = coalesce(@traceParent, a.trace_parent)
                from parked
                where a.id = parked.id
                returning a.*
            ), told as (
                insert into event_inbox (id, tenant_id, type, activation_id, activation_fence, data)
                select gen_random_uuid(), tenant_id, '{EventTypes.ActivationResumed}', id, lease_fence, {ClaimSql.EventData}
                from again
                returning pg_notify('{PlatformEventWriter.WakeChannel}', ''))
            select exists (select from again) as is_queued, (select trace_parent from parked) as asked, (select pg_notify('{ActivationQueue.WakeChannel}', '') from again)
            from activations where id = @id and tenant_id = @tenant
            """)
            .With("id", id)
            .With("tenant", tenantId)
            .With("traceParent", request?.Id)
            .FirstAsync(row => (true, row.Get<bool>("is_queued"), row.GetOrNull<string>("asked")), cancellationToken);
        if (!isThere)
        {
            return ActivationChange.Missing;
        }

        if (!isQueued)
        {
            return ActivationChange.Conflict;
        }

        if (ActivityContext.TryParse(asked, null, isRemote: true, out var first))
        {
            request?.AddLink(new ActivityLink(first));
        }

        return ActivationChange.Done;
    }

    private async Task<bool> EndAsync(
        ActivationClaim claim, ActivationState state, string who, ActivationError? error, CancellationToken cancellationToken)
    {
        var known = (await facts.ReadAsync([claim], cancellationToken))[claim.Id];
        var record = known.Begin(claim, "none", clock) with
        {
            State = state,
            CancelledBy = state == ActivationState.Cancelled ? who : null,
            Error = error,
            ErrorPhase = error is null ? null : "worker",
            Calls = await deferral.EarlierCallsAsync(claim, cancellationToken),
        };
        record.Log.Info($"{(state == ActivationState.Cancelled ? "cancelled" : "marked as failed")} by {who} while not running, after {claim.Attempt} attempts");
        if (!await completion.CompleteUnclaimedAsync(record, cancellationToken))
        {
            return false;
        }

        live.PublishChange(claim.ChannelId);
        return true;
    }

    private async Task<bool> RequestCancelAsync(Guid id, string who, CancellationToken cancellationToken)
    {
        var found = await source.Sql(
            $"""
            with asked as (
                update activations set cancel_requested_by = coalesce(cancel_requested_by, @who)
                where id = @id and state = 'running'
                returning id)
            select id, pg_notify('{ActivationQueue.CancelChannel}', id::text) from asked
            """)
            .With("id", id)
            .With("who", who)
            .ScalarAsync<Guid?>(cancellationToken);
        return found is not null;
    }

    /// <summary>Reads an activation as a claim without a worker, which starts now.</summary>
    private Task<UnclaimedActivation?> FindAsync(string tenantId, Guid id, CancellationToken cancellationToken) => source.Sql(
        $"select {ClaimRow.Columns}, now() as read_at, a.error_code, a.error_message from activations a where a.id = @id and a.tenant_id = @tenant")
        .With("id", id)
        .With("tenant", tenantId)
        .FirstAsync(Read, cancellationToken);

    private static UnclaimedActivation? Read(SqlRow row) => new(
        ClaimRow.Read(row) with { CancelRequestedBy = null, StartedAt = row.Get<DateTimeOffset>("read_at") },
        row.Enum<ActivationState>("state"),
        row.GetOrNull<string>("error_code") is { } code ? new ActivationError(code, row.GetOrNull<string>("error_message") ?? code) : null);

    private sealed record UnclaimedActivation(ActivationClaim Claim, ActivationState State, ActivationError? Error);
}
