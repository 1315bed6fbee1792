using System.Globalization;
using System.Text.Json;
using Hangfire.Common;
using Hangfire.States;
using Npgsql;
using Quartz;

namespace Hangfire.PostgreSql.Jobs;

/// <summary>The jobs and their states. A job and its trigger are written in one transaction.</summary>
/// <param name="database">Runs the statements.</param>
/// <param name="scheduler">Takes the triggers.</param>
/// <param name="expiry">How long ended jobs are kept.</param>
internal sealed class JobTable(Database database, IScheduler scheduler, Func<TimeSpan> expiry)
{
    private readonly StateChanges _changes = new(database, scheduler, expiry);

    public static bool TryRead(string jobId, out long id) => long.TryParse(jobId, NumberStyles.None, CultureInfo.InvariantCulture, out id);

    public async Task<string> CreateAsync(Job job, IState state, IReadOnlyDictionary<string, string> parameters, CancellationToken cancellationToken)
    {
        var invocation = StoredJob.Write(job);
        var queue = JobFilters.Of<QueueAttribute>(job)?.QueueOf(job) ?? job.Queue ?? EnqueuedState.DefaultQueue;
        if (!EnqueuedState.IsValid(queue))
        {
            throw new ArgumentException($"The queue name must consist of lowercase letters, digits, underscore, and dash characters only. Given: `{queue}`.", nameof(job));
        }

        return await database.InTransactionAsync(
            async transaction =>
            {
                await using var insert = database.Command(transaction,
                    """
                    INSERT INTO $s.standin_job (invocation, parameters, home_queue, queue, state, data, version)
                    VALUES (@invocation::jsonb, @parameters::jsonb, @queue, @queue, '', '{}', 0)
                    RETURNING id
                    """,
                    ("invocation", invocation), ("parameters", JsonSerializer.Serialize(parameters)), ("queue", queue));
                var id = (long)(await insert.ExecuteScalarAsync(cancellationToken) ?? throw new InvalidOperationException("No id was returned."));
                var first = state is AwaitingState awaiting ? await AwaitAsync(transaction, awaiting, cancellationToken) : state;
                await _changes.ApplyAsync(transaction, id, first, new Expectation(), cancellationToken);
                return id.ToString(CultureInfo.InvariantCulture);
            },
            cancellationToken);
    }

    public Task<bool> ChangeAsync(long id, IState state, string? expectedState, CancellationToken cancellationToken) =>
        ChangeAsync(id, state, new Expectation(State: expectedState), cancellationToken);

    public Task<bool> ChangeAsync(long id, IState state, Expectation expectation, CancellationToken cancellationToken) =>
        database.InTransactionAsync(
            transaction => _changes.ApplyAsync(transaction, id, state, expectation, cancellationToken), cancellationToken);

    /// <summary>Changes every job that <paramref name="select"/> names; the query locks its rows and skips locked ones.</summary>
    /// <returns>The jobs that were changed.</returns>
    public Task<IReadOnlyList<long>> ChangeAllAsync(
        string select, Func<IState> state, CancellationToken cancellationToken, params (string Name, object? Value)[] values) =>
        database.InTransactionAsync(
            async transaction =>
            {
                await using var command = database.Command(transaction, select, values);
                var ids = await Database.ReadAsync(command, reader => reader.GetInt64(0), cancellationToken);
                foreach (var id in ids)
                {
                    await _changes.ApplyAsync(transaction, id, state(), new Expectation(), cancellationToken);
                }

                return ids;
            },
            cancellationToken);

    public Task<string?> GetParameterAsync(long id, string name, CancellationToken cancellationToken) => database.FirstAsync(
        "SELECT parameters->>@name FROM $s.standin_job WHERE id = @id",
        reader => reader.IsDBNull(0) ? null : reader.GetString(0),
        cancellationToken, ("id", id), ("name", name));

    public Task SetParameterAsync(long id, string name, string value, CancellationToken cancellationToken) => database.ExecuteAsync(
        "UPDATE $s.standin_job SET parameters = parameters || jsonb_build_object(@name, @value) WHERE id = @id",
        cancellationToken, ("id", id), ("name", name), ("value", value));

    /// <summary>What a new continuation starts as: awaiting, or what follows when its parent has ended already.</summary>
    private async Task<IState> AwaitAsync(NpgsqlTransaction transaction, AwaitingState awaiting, CancellationToken cancellationToken)
    {
        await using var command = database.Command(transaction,
            "SELECT state FROM $s.standin_job WHERE id = @id FOR UPDATE", ("id", TryRead(awaiting.ParentId, out var parent) ? parent : -1));
        var state = await command.ExecuteScalarAsync(cancellationToken) as string
            ?? throw new InvalidOperationException($"Can not add a continuation: parent background job '{awaiting.ParentId}' does not exist.");
        return state == SucceededState.StateName || state == DeletedState.StateName
            ? AwaitingState.Next(awaiting.SerializeData(), state)
            : awaiting;
    }
}
