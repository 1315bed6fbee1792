using Npgsql;
using Platform.Contracts.Replays;
using Platform.Core.Models.Calls;
using Platform.Core.Storage;

namespace Platform.Core.Replays;

/// <summary>
/// Hands replays out to workers, by the database's clock. A replay is run once: one whose worker was lost has failed, and is not paid for
/// again unless it is requested again.
/// </summary>
public sealed class ReplayQueue(NpgsqlDataSource source)
{
    /// <summary>Postgres notifies this channel when there is a new replay.</summary>
    public const string WakeChannel = "replays";

    /// <summary>How long a worker may be silent before it counts as lost.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    /// <summary>Longest answer that is kept, in UTF-16 units.</summary>
    private const int LongestAnswer = 1_000_000;

    /// <summary>Claims the oldest queued replay.</summary>
    /// <param name="worker">The worker's name.</param>
    /// <param name="cancellationToken">Starts no further claim. One that has started completes, or the replay would be lost with the answer.</param>
    /// <returns>Null when none waits.</returns>
    /// <exception cref="NpgsqlException">Postgres cannot be reached.</exception>
    public async Task<Replay?> ClaimAsync(string worker, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return await source.Sql(
            """
            update replays set state = 'running', worker = @worker, lease_until = now() + @lease
            where id = (select id from replays where state = 'waiting' order by id limit 1 for update skip locked)
            returning id, tenant_id, trace_id, llm_call_id, mode, asked_model,
                (select a.trace_parent from traces t join activations a on a.id = t.activation_id where t.id = replays.trace_id) as trace_parent
            """)
            .With("worker", worker)
            .With("lease", Lease)
            .FirstAsync(
                row => new Replay
                {
                    Id = row.Get<Guid>("id"),
                    TenantId = row.Get<string>("tenant_id"),
                    TraceId = row.Get<Guid>("trace_id"),
                    LlmCallId = row.Get<Guid>("llm_call_id"),
                    Mode = row.Enum<ReplayMode>("mode"),
                    AskedModel = row.Get<string>("asked_model"),
                    State = ReplayState.Running,
                    Worker = worker,
                    OriginalTraceParent = row.GetOrNull<string>("trace_parent"),
                },
                CancellationToken.None);
    }

    /// <summary>Renews the lease.</summary>
    /// <returns>False when it counts as lost: it can store nothing any more.</returns>
    /// <exception cref="NpgsqlException">Postgres cannot be reached.</exception>
    public async Task<bool> RenewAsync(Replay replay, CancellationToken cancellationToken) =>
        await source.Sql("update replays set lease_until = now() + @lease where id = @id and state = 'running' and worker = @worker")
            .With("id", replay.Id).With("worker", replay.Worker ?? "").With("lease", Lease)
            .ExecuteAsync(cancellationToken) == 1;

    /// <summary>Stores its result.</summary>
    /// <returns>False when the worker counts as lost: nothing is stored then.</returns>
    /// <exception cref="NpgsqlException">Postgres cannot be reached.</exception>
    public async Task<bool> FinishAsync(Replay replay, ModelCallResult result, CancellationToken cancellationToken)
    {
        var isLive = replay.Mode is ReplayMode.Live;
        return await source.Sql(
            """
            update replays
            set state = @state, lease_until = null, finished_at = now(), answer = @answer, provider = @provider, model = @model, rehearsal = @rehearsal,
                duration_ms = @duration, time_to_first_token_ms = @first, tokens_in = @tokensIn, tokens_out = @tokensOut,
                stop_reason = @stop, error_code = @code, error_message = @message
            where id = @id and state = 'running' and worker = @worker
            """)
            .With("id", replay.Id)
            .With("worker", replay.Worker ?? "")
            .With("state", EnumText.Of(result.Error is null ? ReplayState.Done : ReplayState.Failed))
            .With("answer", Text(result.Text.Length > LongestAnswer ? result.Text[..LongestAnswer] : result.Text))
            .With("provider", Text(result.Provider))
            .With("model", Text(result.Model))
            .With("rehearsal", result.Rehearsal)
            .With("duration", isLive && result.Bodies.Count > 0 ? (int?)result.Duration.TotalMilliseconds : null)
            .With("first", isLive ? (int?)result.TimeToFirstToken?.TotalMilliseconds : null)
            .With("tokensIn", result.TokensEstimated ? null : result.TokensIn)
            .With("tokensOut", result.TokensEstimated ? null : result.TokensOut)
            .With("stop", Text(result.StopReason))
            .With("code", Text(result.Error?.Code))
            .With("message", Text(result.Error?.Message))
            .ExecuteAsync(cancellationToken) == 1;
    }

    /// <summary>Ends those whose worker was lost.</summary>
    /// <returns>How many there were.</returns>
    /// <exception cref="NpgsqlException">Postgres cannot be reached.</exception>
    public Task<int> FailLostAsync(CancellationToken cancellationToken) =>
        source.Sql(
            """
            update replays
            set state = 'failed', lease_until = null, finished_at = now(), error_code = 'worker_lost',
                error_message = 'The worker was lost during the call. The call may have been billed, so it is not retried automatically.'
            where state = 'running' and lease_until < now()
            """)
            .ExecuteAsync(cancellationToken);

    /// <summary>Postgres' text cannot contain NUL.</summary>
    private static string? Text(string? value) => value?.Replace('\0', '\uFFFD');
}
