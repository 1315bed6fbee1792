using System.Text;
using Npgsql;
using NpgsqlTypes;
using Platform.Contracts.EventLog;
using Platform.Core.EventLog;
using Platform.Core.Storage;
using Platform.Core.Text;

namespace Platform.Core.Outbox;

/// <summary>Records the outcome of a delivery, each in one statement that applies only to the newest claim.</summary>
public sealed class DeliveryRecorder(NpgsqlDataSource source, PauseRule pauses)
{
    private const int MaxErrorLength = 1000;

    // An event of an effect that carries one itself would never end.
    private const string InsertEvent =
        $"""
        inserted as (
            insert into event_inbox (id, tenant_id, type, activation_id, activation_fence, data)
            select @eventId, tenant_id, @eventType, activation_id, activation_fence, @eventData
            from gone
            where event_type is null or event_type not like 'effect.%'
        )
        """;

    // A failure of a delivery that began before the pause does not make it longer.
    private const string StartsPause = "(@pauseAfter > 0 and consecutive_failures + 1 >= @pauseAfter and coalesce(paused_until <= now(), true))";

    private const string CountFailure =
        $"""
        last_failure_at = now(), last_error = @error, failing_since = coalesce(failing_since, now()), consecutive_failures = consecutive_failures + 1,
            pauses = pauses + {StartsPause}::int,
            paused_until = case when {StartsPause} then now() + least(@firstPause * power(2, least(pauses, 30)), @longestPause) else paused_until end
        """;

    /// <summary>Removes a delivered effect. Its webhook no longer counts as failing, and a pause by the platform ends.</summary>
    /// <returns>False when the claim was no longer the newest; then nothing changed.</returns>
    /// <exception cref="NpgsqlException">Postgres cannot be reached. Trying again is safe: a commit that did arrive makes the next try return false.</exception>
    public Task<bool> DeliveredAsync(EffectClaim claim, CancellationToken cancellationToken) => EndAsync(
        $"""
        with gone as (
            delete from outbox where id = @id and lease_fence = @fence and lease_owner is not null
            returning *
        ), {InsertEvent}, noted as (
            update webhooks
            set last_success_at = now(), consecutive_failures = 0, failing_since = null, pauses = 0, paused_until = null
            where id = @webhook and exists (select from gone)
                and (consecutive_failures > 0 or last_success_at is null or last_success_at < now() - interval '5 seconds')
        )
        select count(*), pg_notify('{PlatformEventWriter.WakeChannel}', '') from gone
        """,
        claim,
        statement => AddEvent(statement, claim, EventTypes.EffectDelivered, error: null),
        cancellationToken);

    /// <summary>Requeues an effect after a failed attempt.</summary>
    /// <param name="claim">The claim.</param>
    /// <param name="error">What went wrong, in a sentence without secrets.</param>
    /// <param name="delay">Delay before the next attempt.</param>
    /// <param name="counts">Whether the attempt counts towards those after which it becomes a dead letter.</param>
    /// <param name="cancellationToken">Cancels the write.</param>
    /// <inheritdoc cref="DeliveredAsync" path="/returns"/>
    /// <inheritdoc cref="DeliveredAsync" path="/exception"/>
    public Task<bool> RetryAsync(EffectClaim claim, string error, TimeSpan delay, bool counts, CancellationToken cancellationToken) => EndAsync(
        $"""
        with waiting as (
            update outbox
            set attempt = attempt + @counted, not_before = now() + @delay, lease_owner = null, lease_until = null, last_error = @error
            where id = @id and lease_fence = @fence and lease_owner is not null
            returning id
        ), noted as (
            update webhooks set {CountFailure} where id = @webhook and enabled and exists (select from waiting)
        )
        select count(*) from waiting
        """,
        claim,
        statement => AddFailure(statement, error).With("delay", delay).With("counted", counts ? 1 : 0),
        cancellationToken);

    /// <summary>Makes an effect a dead letter.</summary>
    /// <param name="claim">The claim.</param>
    /// <param name="error">What went wrong, as shown to the owner.</param>
    /// <param name="reason">The same without the receiver's words, for the event: others may receive it.</param>
    /// <param name="disable">Whether the webhook answered 410; it is disabled then.</param>
    /// <param name="cancellationToken">Cancels the write.</param>
    /// <inheritdoc cref="DeliveredAsync" path="/returns"/>
    /// <inheritdoc cref="DeliveredAsync" path="/exception"/>
    public Task<bool> DeadLetterAsync(EffectClaim claim, string error, string reason, bool disable, CancellationToken cancellationToken) => EndAsync(
        $"""
        with gone as (
            delete from outbox where id = @id and lease_fence = @fence and lease_owner is not null
            returning *
        ), buried as (
            insert into dead_letters (id, sequence, tenant_id, kind, target, ordering_key, dedupe_key, event_type, payload,
                activation_id, activation_fence, tries, last_error, created_at)
            select id, sequence, tenant_id, kind, target, ordering_key, dedupe_key, event_type, payload,
                activation_id, activation_fence, attempt + 1, @error, created_at
            from gone
        ), {InsertEvent}, noted as (
            update webhooks
            set {CountFailure}, enabled = not @disable, disabled_reason = case when @disable then @error end
            where id = @webhook and enabled and exists (select from gone)
        )
        select count(*), pg_notify('{PlatformEventWriter.WakeChannel}', '') from gone
        """,
        claim,
        statement => AddEvent(AddFailure(statement, error).With("disable", disable), claim, EventTypes.EffectDead, Cut(reason)),
        cancellationToken);

    /// <summary>Releases a claim at once, so that another relay need not wait for the lease to expire. The attempt does not count.</summary>
    /// <inheritdoc cref="DeliveredAsync" path="/returns"/>
    /// <exception cref="NpgsqlException">Postgres cannot be reached.</exception>
    public Task<bool> HandBackAsync(EffectClaim claim, CancellationToken cancellationToken) => EndAsync(
        $"""
        with handed_back as (
            update outbox set lease_owner = null, lease_until = null
            where id = @id and lease_fence = @fence and lease_owner is not null
            returning id)
        select count(*), pg_notify('{OutboxQueue.WakeChannel}', '') from handed_back
        """,
        claim,
        statement => statement,
        cancellationToken);

    private async Task<bool> EndAsync(
        string sql, EffectClaim claim, Func<SqlStatement, SqlStatement> addMore, CancellationToken cancellationToken) =>
        await addMore(source.Sql(sql)
            .With("id", claim.Id)
            .With("fence", claim.Fence)
            .With("webhook", Guid.TryParse(claim.Target, out var webhook) ? webhook : Guid.Empty))
            .ScalarAsync<long>(cancellationToken) == 1;

    private SqlStatement AddFailure(SqlStatement statement, string error) => statement
        .With("error", Cut(error))
        .With("pauseAfter", pauses.AfterFailures)
        .With("firstPause", pauses.First)
        .With("longestPause", pauses.Longest);

    private static SqlStatement AddEvent(SqlStatement statement, EffectClaim claim, string type, string? error) => statement
        .With("eventId", Guid.CreateVersion7())
        .With("eventType", type)
        .With(
            "eventData",
            NewPlatformEvent.DataOf(new
            {
                effect_id = claim.Id,
                kind = EnumText.Of(claim.Kind),
                target = claim.Target,
                event_type = claim.EventType,
                dedupe_key = claim.DedupeKey,
                tries = claim.Attempt + 1,
                error,
            }),
            NpgsqlDbType.Jsonb);

    /// <summary>A response may contain characters that Postgres cannot store; the attempt must be counted all the same.</summary>
    private static string Cut(string error) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(Preview.Of(error.Replace('\0', ' '), MaxErrorLength)));
}
