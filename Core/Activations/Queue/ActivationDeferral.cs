using Npgsql;
using NpgsqlTypes;
using Platform.Core.Activations.Completion;
using Platform.Core.EventLog;
using Platform.Core.Models.Calls;
using Platform.Core.Runs;
using Platform.Core.Storage;

namespace Platform.Core.Activations.Queue;

/// <summary>Defers an activation whose model failed transiently, and keeps what was tried for its trace.</summary>
public sealed class ActivationDeferral(NpgsqlDataSource source)
{
    /// <summary>True for transient failures: timeouts, 5xx, 429, broken streams, no connection.</summary>
    public static bool IsTransient(ModelError error) =>
        error.Code is "model_timeout" or "stream_broken" or "model_unreachable" or "rate_limited" or "model_error";

    /// <summary>Puts a claim back into the queue for later; the claim ends.</summary>
    /// <param name="claim">The claim.</param>
    /// <param name="call">The call that failed, with its error.</param>
    /// <param name="delay">How long to wait; a cancel that was requested meanwhile is not deferred.</param>
    /// <param name="cancellationToken">Cancels the write.</param>
    /// <returns>False when the claim was no longer the newest; then nothing is stored.</returns>
    /// <exception cref="NpgsqlException">Postgres cannot be reached. Trying again is safe.</exception>
    public async Task<bool> DeferAsync(ActivationClaim claim, ModelCallResult call, TimeSpan delay, CancellationToken cancellationToken)
    {
        var deferred = ActivationEvents.Deferred(claim, call.Error);
        var stored = await source.Sql(
            $"""
            with deferred as (
                update activations
                set state = 'queued', lease_owner = null, lease_until = null, losses = 0,
                    not_before = case when cancel_requested_by is null then now() + @delay else now() end,
                    deferrals = deferrals + 1, deferred_reason = @reason
                where id = @id and state = 'running' and lease_fence = @fence
                returning id, not_before
            ), kept as (
                insert into deferred_calls (activation_id, position, content)
                select id, @position, @content from deferred
            ), dropped as (
                delete from generations where activation_id in (select id from deferred)
            ), told as (
                insert into event_inbox (id, tenant_id, type, activation_id, activation_fence, data)
                select @event, @tenant, @eventType, id, @fence, @eventData || jsonb_build_object('not_before', not_before) from deferred
            )
            select count(*), pg_notify('{PlatformEventWriter.WakeChannel}', '') from deferred
            """)
            .With("id", claim.Id)
            .With("fence", claim.Fence)
            .With("delay", delay)
            .With("reason", call.Error?.Code ?? "model_error")
            .With("position", claim.Deferrals)
            .With("event", deferred.Id)
            .With("tenant", deferred.TenantId)
            .With("eventType", deferred.Type)
            .With("eventData", deferred.Data, NpgsqlDbType.Jsonb)
            .With("content", DeferredCallContent.Write(call))
            .ScalarAsync<long>(cancellationToken);
        return stored == 1;
    }

    /// <summary>Reads the calls of earlier tries, in order.</summary>
    /// <exception cref="NpgsqlException">Postgres cannot be reached.</exception>
    public async Task<IReadOnlyList<ModelCallResult>> EarlierCallsAsync(ActivationClaim claim, CancellationToken cancellationToken)
    {
        if (claim.Deferrals == 0)
        {
            return [];
        }

        return await source.Sql("select content from deferred_calls where activation_id = @id order by position")
            .With("id", claim.Id)
            .ListAsync(row => DeferredCallContent.Read(row.Get<byte[]>("content")), cancellationToken);
    }
}
