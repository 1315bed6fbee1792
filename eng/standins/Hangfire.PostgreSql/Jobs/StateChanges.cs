using System.Globalization;
using System.Text.Json;
using Hangfire.PostgreSql.Scheduling;
using Hangfire.States;
using Npgsql;
using Quartz;

namespace Hangfire.PostgreSql.Jobs;

/// <summary>Gives jobs new states, with what follows from them: a trigger, an expiry, the start of continuations.</summary>
internal sealed class StateChanges(Database database, IScheduler scheduler, Func<TimeSpan> expiry)
{
    private const string Update =
        """
        UPDATE $s.standin_job
        SET state = @state, reason = @reason, data = @data::jsonb, version = version + 1, state_at = now(),
            queue = CASE WHEN @queue = 'default' THEN home_queue ELSE coalesce(@queue, queue) END,
            enqueue_at = @enqueue_at, parent_id = coalesce(@parent, parent_id), server_id = NULL, seen_at = NULL,
            expires_at = now() + @expiry::interval,
            parameters = CASE WHEN @retries::text IS NULL THEN parameters ELSE parameters || jsonb_build_object('RetryCount', @retries::text) END
        WHERE id = @id AND (@expected_state::text IS NULL OR state = @expected_state) AND (@version::integer IS NULL OR version = @version)
        RETURNING version, queue
        """;

    /// <returns>Whether the job is there and was as expected.</returns>
    public async Task<bool> ApplyAsync(
        NpgsqlTransaction transaction, long id, IState state, Expectation expectation, CancellationToken cancellationToken)
    {
        if (await WriteAsync(transaction, id, state, expectation, cancellationToken) is not var (version, queue))
        {
            return false;
        }

        if (state is EnqueuedState or ScheduledState)
        {
            await JobTriggers.AddAsync(
                scheduler, transaction, new JobVersion(id, version), queue, (state as ScheduledState)?.EnqueueAt, cancellationToken);
        }

        if (state.IsFinal)
        {
            await ContinueAsync(transaction, id, state.Name, cancellationToken);
        }

        return true;
    }

    private async Task<(int Version, string Queue)?> WriteAsync(
        NpgsqlTransaction transaction, long id, IState state, Expectation expectation, CancellationToken cancellationToken)
    {
        var data = JsonSerializer.Serialize(state.SerializeData());
        await using var update = database.Command(transaction, Update,
            ("id", id), ("state", state.Name), ("reason", Text(state.Reason)), ("data", data),
            ("queue", Text((state as EnqueuedState)?.Queue)),
            ("enqueue_at", (state as ScheduledState)?.EnqueueAt ?? (object)DBNull.Value),
            ("parent", state is AwaitingState awaiting ? long.Parse(awaiting.ParentId, CultureInfo.InvariantCulture) : DBNull.Value),
            ("expiry", state.IsFinal ? expiry() : DBNull.Value),
            ("retries", expectation.RetryCount?.ToString(CultureInfo.InvariantCulture)),
            ("expected_state", expectation.State), ("version", expectation.Version));
        var written = await Database.ReadAsync(update, reader => (reader.GetInt32(0), reader.GetString(1)), cancellationToken);
        if (written.Count == 0)
        {
            return null;
        }

        await using var remember = database.Command(transaction,
            "INSERT INTO $s.standin_state (job_id, name, reason, data) VALUES (@id, @state, @reason, @data::jsonb)",
            ("id", id), ("state", state.Name), ("reason", state.Reason), ("data", data));
        await remember.ExecuteNonQueryAsync(cancellationToken);
        return written[0];
    }

    private async Task ContinueAsync(NpgsqlTransaction transaction, long parent, string parentState, CancellationToken cancellationToken)
    {
        await using var select = database.Command(transaction,
            "SELECT id, data FROM $s.standin_job WHERE parent_id = @parent AND state = 'Awaiting' ORDER BY id FOR UPDATE", ("parent", parent));
        var waiting = await Database.ReadAsync(select, reader => (Id: reader.GetInt64(0), Data: reader.GetString(1)), cancellationToken);
        foreach (var (id, data) in waiting)
        {
            var next = AwaitingState.Next(StateData.Read(data), parentState);
            await ApplyAsync(transaction, id, next, new Expectation(), cancellationToken);
        }
    }

    private static object Text(string? value) => value ?? (object)DBNull.Value;
}
