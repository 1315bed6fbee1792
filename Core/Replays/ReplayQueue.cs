using Npgsql;
using NpgsqlTypes;
using Platform.Contracts.Replays;
using Platform.Core.Models.Calls;
using Platform.Core.Storage;

namespace Platform.Core.Replays;

/// <summary>
/// Hands replays out to workers, by the database's clock. A replay is run once: one whose worker was lost has failed, and is not paid for
/// again unless somebody asks again.
/// </summary>
public sealed class ReplayQueue(NpgsqlDataSource source)
{
    /// <summary>Postgres notifies this channel when there is a new replay.</summary>
    public const string WakeChannel = "replays";

    /// <summary>How long a worker may be silent before it counts as lost.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    /// <summary>Longest answer that is kept, in UTF-16 units.</summary>
    private const int LongestAnswer = 1_000_000;

    /// <summary>Takes the oldest that waits.</summary>
    /// <param name="worker">Who takes it.</param>
    /// <param name="cancellationToken">Begins no claim any more. One that has begun ends, or the replay would be lost with the answer.</param>
    /// <returns>Null when none waits.</returns>
    /// <exception cref="NpgsqlException">Postgres cannot be reached.</exception>
    public async Task<Replay?> ClaimAsync(string worker, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(
            """
            update replays set state = 'running', worker = @worker, lease_until = now() + @lease
            where id = (select id from replays where state = 'waiting' order by id limit 1 for update skip locked)
            returning id, tenant_id, trace_id, llm_call_id, mode, asked_model,
                (select a.trace_parent from traces t join activations a on a.id = t.activation_id where t.id = replays.trace_id)
            """);
        command.Parameters.AddWithValue("worker", worker);
        AddLease(command);
        cancellationToken.ThrowIfCancellationRequested();
        await using var reader = await command.ExecuteReaderAsync(CancellationToken.None);
        return await reader.ReadAsync(CancellationToken.None)
            ? new Replay
            {
                Id = reader.GetGuid(0),
                TenantId = reader.GetString(1),
                TraceId = reader.GetGuid(2),
                LlmCallId = reader.GetGuid(3),
                Mode = EnumText.Parse<ReplayMode>(reader.GetString(4)),
                AskedModel = reader.GetString(5),
                State = ReplayState.Running,
                Worker = worker,
                OriginalTraceParent = reader.IsDBNull(6) ? null : reader.GetString(6),
            }
            : null;
    }

    /// <summary>Says that the worker is still at it.</summary>
    /// <returns>False when it counts as lost: whatever it still does is in vain.</returns>
    /// <exception cref="NpgsqlException">Postgres cannot be reached.</exception>
    public async Task<bool> RenewAsync(Replay replay, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(
            "update replays set lease_until = now() + @lease where id = @id and state = 'running' and worker = @worker");
        AddKey(command, replay);
        AddLease(command);
        return await command.ExecuteNonQueryAsync(cancellationToken) == 1;
    }

    /// <summary>Stores what came of it.</summary>
    /// <returns>False when the worker counts as lost: nothing is stored then.</returns>
    /// <exception cref="NpgsqlException">Postgres cannot be reached.</exception>
    public async Task<bool> FinishAsync(Replay replay, ModelCallResult result, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(
            """
            update replays
            set state = @state, lease_until = null, finished_at = now(), answer = @answer, provider = @provider, model = @model, rehearsal = @rehearsal,
                duration_ms = @duration, time_to_first_token_ms = @first, tokens_in = @tokensIn, tokens_out = @tokensOut,
                stop_reason = @stop, error_code = @code, error_message = @message
            where id = @id and state = 'running' and worker = @worker
            """);
        var isLive = replay.Mode is ReplayMode.Live;
        AddKey(command, replay);
        command.Parameters.AddWithValue("state", EnumText.Of(result.Error is null ? ReplayState.Done : ReplayState.Failed));
        Add(command, "answer", NpgsqlDbType.Text, result.Text.Length > LongestAnswer ? result.Text[..LongestAnswer] : result.Text);
        Add(command, "provider", NpgsqlDbType.Text, result.Provider);
        Add(command, "model", NpgsqlDbType.Text, result.Model);
        command.Parameters.AddWithValue("rehearsal", result.Rehearsal);
        Add(command, "duration", NpgsqlDbType.Integer, isLive && result.Bodies.Count > 0 ? (int)result.Duration.TotalMilliseconds : null);
        Add(command, "first", NpgsqlDbType.Integer, isLive ? (int?)result.TimeToFirstToken?.TotalMilliseconds : null);
        Add(command, "tokensIn", NpgsqlDbType.Integer, result.TokensIn);
        Add(command, "tokensOut", NpgsqlDbType.Integer, result.TokensOut);
        Add(command, "stop", NpgsqlDbType.Text, result.StopReason);
        Add(command, "code", NpgsqlDbType.Text, result.Error?.Code);
        Add(command, "message", NpgsqlDbType.Text, result.Error?.Message);
        return await command.ExecuteNonQueryAsync(cancellationToken) == 1;
    }

    /// <summary>Ends those whose worker was lost.</summary>
    /// <returns>How many there were.</returns>
    /// <exception cref="NpgsqlException">Postgres cannot be reached.</exception>
    public async Task<int> FailLostAsync(CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(
            """
            update replays
            set state = 'failed', lease_until = null, finished_at = now(), error_code = 'worker_lost',
                error_message = 'The worker was lost while it asked. It may have been paid for, so it is not asked again by itself.'
            where state = 'running' and lease_until < now()
            """);
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static void AddKey(NpgsqlCommand command, Replay replay)
    {
        command.Parameters.AddWithValue("id", replay.Id);
        command.Parameters.AddWithValue("worker", replay.Worker ?? "");
    }

    private static void AddLease(NpgsqlCommand command) => command.Parameters.Add(new NpgsqlParameter("lease", NpgsqlDbType.Interval) { Value = Lease });

    private static void Add(NpgsqlCommand command, string name, NpgsqlDbType type, object? value) =>
        command.Parameters.Add(new NpgsqlParameter(name, type) { Value = value is string text ? text.Replace('\0', '\uFFFD') : value ?? DBNull.Value });
}
