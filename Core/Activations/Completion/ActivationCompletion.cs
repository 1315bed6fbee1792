using Npgsql;
using Platform.Contracts.Activations;
using Platform.Core.EventLog;
using Platform.Core.Runs;
using Platform.Core.Storage;
using Platform.Core.Traces;

namespace Platform.Core.Activations.Completion;

/// <summary>
/// Ends an activation: message, trace, calls, bodies and the final state in one transaction, which only the holder of the
/// newest claim can commit.
/// </summary>
public sealed class ActivationCompletion(NpgsqlDataSource source, DayPartitions partitions)
{
    private static readonly ActivationState[] Claimed = [ActivationState.Running];
    private static readonly ActivationState[] Unclaimed = [ActivationState.Queued, ActivationState.Parked];

    /// <summary>Stores how a run ended.</summary>
    /// <returns>False when the claim was no longer the newest, or the activation ended already; then nothing is stored.</returns>
    /// <exception cref="NpgsqlException">Postgres cannot be reached. Trying again is safe: a commit that did arrive makes the next try return false.</exception>
    public Task<bool> CompleteAsync(RunRecord record, CancellationToken cancellationToken) =>
        CompleteAsync(record, Claimed, cancellationToken);

    /// <summary>Ends an activation that is not running: queued, deferred or parked.</summary>
    /// <returns>False when it was claimed since it was read, or ended; then nothing is stored.</returns>
    /// <exception cref="NpgsqlException">Postgres cannot be reached.</exception>
    public Task<bool> CompleteUnclaimedAsync(RunRecord record, CancellationToken cancellationToken) =>
        CompleteAsync(record, Unclaimed, cancellationToken);

    private async Task<bool> CompleteAsync(RunRecord record, ActivationState[] from, CancellationToken cancellationToken)
    {
        try
        {
            return await TryCompleteAsync(record, from, cancellationToken);
        }
        catch (PostgresException exception) when (DayPartitions.IsMissing(exception))
        {
            await partitions.EnsureAsync(cancellationToken);
            return await TryCompleteAsync(record, from, cancellationToken);
        }
    }

    private async Task<bool> TryCompleteAsync(RunRecord record, ActivationState[] from, CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);

        // Made before the row is locked: compressing large bodies may take longer than the transaction may pause.
        await using var batch = new NpgsqlBatch(connection, transaction);
        AddMessage(batch, record);
        NativeTraceWriter.AddTo(batch, record);
        batch.Add("delete from generations where activation_id = @id", ("id", record.Claim.Id));
        if (record.Claim.Deferrals > 0)
        {
            batch.Add("delete from deferred_calls where activation_id = @id", ("id", record.Claim.Id));
        }

        PlatformEventWriter.AddTo(batch, ActivationEvents.Ended(record));
        if (!await EndAsync(connection, record, from, cancellationToken))
        {
            return false;
        }

        await batch.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    private static async Task<bool> EndAsync(
        NpgsqlConnection connection, RunRecord record, ActivationState[] from, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(connection);

        // Otherwise a worker paused between here and the commit would keep the row from whoever takes over.
        batch.Add(PausedTransaction.Limit);
        batch.Add(
            """
            update activations
            set state = @state, silent_reason = @silentReason, error_code = @errorCode, error_message = @errorMessage,
                finished_at = now(), lease_until = null
            where id = @id and state = any(@from) and lease_fence = @fence
            """,
            ("state", EnumText.Of(record.State)),
            ("silentReason", record.SilentReason),
            ("errorCode", record.Error?.Code),
            ("errorMessage", record.Error?.Message),
            ("id", record.Claim.Id),
            ("from", from.Select(EnumText.Of).ToArray()),
            ("fence", record.Claim.Fence));
        return await batch.ExecuteNonQueryAsync(cancellationToken) == 1;
    }

    private static void AddMessage(NpgsqlBatch batch, RunRecord record)
    {
        if (record.State != ActivationState.Answered || record.AnswerMessageId is not { } messageId)
        {
            return;
        }

        var call = record.Calls[^1];
        batch.Add(
            """
            with channel as (
                update channels set next_sequence = next_sequence + 1, updated_at = now()
                where id = @channel
                returning id, tenant_id, next_sequence - 1 as sequence)
            insert into messages (id, tenant_id, channel_id, sequence, author_id, role, content, reply_to, activation_id,
                model, provider, rehearsal, tokens_in, tokens_out, tokens_estimated, latency_ms, stop_reason)
            select @id, tenant_id, id, sequence, @author, 'assistant', @content, @replyTo::uuid, @activation,
                @model, @provider, @rehearsal, @tokensIn::int, @tokensOut::int, @tokensEstimated, @latency, @stopReason
            from channel
            """,
            ("channel", record.Claim.ChannelId),
            ("id", messageId),
            ("author", record.Claim.BotId),
            ("content", record.Text),
            ("replyTo", record.Claim.TriggerMessageId),
            ("activation", record.Claim.Id),
            ("model", call.Model),
            ("provider", call.Provider),
            ("rehearsal", call.Rehearsal),
            ("tokensIn", call.TokensIn),
            ("tokensOut", call.TokensOut),
            ("tokensEstimated", call.TokensEstimated),
            ("latency", (int)record.Calls.Sum(one => one.Duration.TotalMilliseconds)),
            ("stopReason", call.StopReason));
    }
}
