using System.Diagnostics;
using Npgsql;
using NpgsqlTypes;
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

/// <summary>What people do to activations: stop them, run parked ones again, give them up.</summary>
public sealed class ActivationControl(
    NpgsqlDataSource source,
    ActivationFactsReader facts,
    ActivationDeferral deferral,
    ActivationCompletion completion,
    LiveChannel live,
    TimeProvider clock)
{
    /// <summary>How often a row that changes under our hands is looked at again.</summary>
    private const int Looks = 5;

    /// <summary>Stops an activation: one that nobody runs ends at once with its trace, a running one is stopped by its worker.</summary>
    /// <param name="tenantId">Whose it must be.</param>
    /// <param name="id">The activation.</param>
    /// <param name="who">The person, for the trace.</param>
    /// <param name="cancellationToken">Cancels the wish while nothing is stored.</param>
    /// <returns><see cref="ActivationChange.Conflict"/> when it ended before.</returns>
    /// <exception cref="NpgsqlException">Postgres cannot be reached.</exception>
    public async Task<ActivationChange> CancelAsync(string tenantId, Guid id, string who, CancellationToken cancellationToken)
    {
        for (var look = 0; look < Looks; look++)
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
                    if (await AskAsync(id, who, cancellationToken))
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
    public async Task<ActivationChange> GiveUpAsync(string tenantId, Guid id, string who, CancellationToken cancellationToken) =>
        await FindAsync(tenantId, id, cancellationToken) switch
        {
            null => ActivationChange.Missing,
            { State: ActivationState.Parked } parked
                when await EndAsync(parked.Claim, ActivationState.Failed, who, parked.Error, cancellationToken) => ActivationChange.Done,
            _ => ActivationChange.Conflict,
        };

    /// <summary>
    /// Puts a parked activation back into the queue, as if none of its workers had been lost. Where the request is recorded, its trace is the one
    /// that the next attempts join; it has a link to the trace that asked first.
    /// </summary>
    /// <inheritdoc cref="GiveUpAsync"/>
    public async Task<ActivationChange> RunAgainAsync(string tenantId, Guid id, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(
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
            select exists (select from again), (select trace_parent from parked), (select pg_notify('{ActivationQueue.WakeChannel}', '') from again)
            from activations where id = @id and tenant_id = @tenant
            """);
        var request = Activity.Current is { Recorded: true } span ? span : null;
        command.Parameters.AddWithValue("id", id);
        command.Parameters.AddWithValue("tenant", tenantId);
        command.Parameters.Add(new NpgsqlParameter("traceParent", NpgsqlDbType.Text) { Value = (object?)request?.Id ?? DBNull.Value });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        if (!await reader.ReadAsync(cancellationToken))
        {
            return ActivationChange.Missing;
        }

        if (!reader.GetBoolean(0))
        {
            return ActivationChange.Conflict;
        }

        if (ActivityContext.TryParse(Text(reader, 1), null, isRemote: true, out var first))
        {
            request?.AddLink(new ActivityLink(first));
        }

        return ActivationChange.Done;
    }

    private async Task<bool> EndAsync(
        ActivationClaim claim, ActivationState state, string who, ActivationError? error, CancellationToken cancellationToken)
    {
        var known = (await facts.ReadAsync([claim], cancellationToken))[claim.Id];
        var record = known.Begin(claim, "nobody", clock) with
        {
            State = state,
            CancelledBy = state == ActivationState.Cancelled ? who : null,
            Error = error,
            ErrorPhase = error is null ? null : "worker",
            Calls = await deferral.EarlierCallsAsync(claim, cancellationToken),
        };
        record.Log.Info($"{(state == ActivationState.Cancelled ? "cancelled" : "given up")} by {who} while nobody ran it, after {claim.Attempt} attempts");
        if (!await completion.CompleteUnclaimedAsync(record, cancellationToken))
        {
            return false;
        }

        live.PublishChange(claim.ChannelId);
        return true;
    }

    private async Task<bool> AskAsync(Guid id, string who, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(
            $"""
            with asked as (
                update activations set cancel_requested_by = coalesce(cancel_requested_by, @who)
                where id = @id and state = 'running'
                returning id)
            select id, pg_notify('{ActivationQueue.CancelChannel}', id::text) from asked
            """);
        command.Parameters.AddWithValue("id", id);
        command.Parameters.AddWithValue("who", who);
        return await command.ExecuteScalarAsync(cancellationToken) is Guid;
    }

    private async Task<UnclaimedActivation?> FindAsync(string tenantId, Guid id, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(
            """
            select bot_id, channel_id, reason, trigger_message_id, model, lease_fence, attempt, losses, deferrals,
                trace_parent, correlation_id, created_at, now(), state, error_code, error_message
            from activations
            where id = @id and tenant_id = @tenant
            """);
        command.Parameters.AddWithValue("id", id);
        command.Parameters.AddWithValue("tenant", tenantId);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? Read(tenantId, id, reader) : null;
    }

    private static UnclaimedActivation Read(string tenantId, Guid id, NpgsqlDataReader reader) => new(
        new ActivationClaim(
            id,
            tenantId,
            reader.GetGuid(0),
            reader.GetGuid(1),
            EnumText.Parse<ActivationReason>(reader.GetString(2)),
            reader.IsDBNull(3) ? null : reader.GetGuid(3),
            Text(reader, 4),
            reader.GetInt64(5),
            reader.GetInt32(6),
            reader.GetInt32(7),
            reader.GetInt32(8),
            null,
            Text(reader, 9),
            Text(reader, 10),
            reader.GetFieldValue<DateTimeOffset>(11),
            reader.GetFieldValue<DateTimeOffset>(12)),
        EnumText.Parse<ActivationState>(reader.GetString(13)),
        Text(reader, 14) is { } code ? new ActivationError(code, Text(reader, 15) ?? code) : null);

    private static string? Text(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);

    private sealed record UnclaimedActivation(ActivationClaim Claim, ActivationState State, ActivationError? Error);
}
