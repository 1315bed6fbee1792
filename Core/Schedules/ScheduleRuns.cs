using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;
using NpgsqlTypes;
using Platform.Core.Leases;

namespace Platform.Core.Schedules;

/// <summary>Begins and ends runs by their number. A run is begun once, by whoever comes first, unless its worker died in it.</summary>
public sealed partial class ScheduleRuns : IDisposable
{
    private readonly NpgsqlDataSource source;
    private readonly SchedulerOptions options;
    private readonly ILogger<ScheduleRuns> logger;
    private readonly LeaseHeartbeat<(string Schedule, long Number)> beat;

    /// <summary>Starts the thread that renews.</summary>
    public ScheduleRuns(NpgsqlDataSource source, IOptions<SchedulerOptions> options, ILogger<ScheduleRuns> logger)
    {
        this.source = source;
        this.options = options.Value;
        this.logger = logger;
        beat = new LeaseHeartbeat<(string Schedule, long Number)>(
            "schedule-runs", this.options.Beat, Renew, LogNotRenewed, (key, _) => LogLost(key.Schedule, key.Number));
    }

    /// <summary>Begins a run.</summary>
    /// <returns>Null when it was begun already, has ended, or is gone.</returns>
    /// <exception cref="NpgsqlException">Postgres cannot be reached.</exception>
    public async Task<StartedRun?> StartAsync(string schedule, long number, string owner, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await using var command = source.CreateCommand(
            """
            update schedule_runs
            set state = 'running', owner = @owner, fence = fence + 1, attempt = attempt + 1, lease_until = now() + @lease, started_at = now()
            where schedule = @schedule and number = @number and state = 'waiting'
            returning fence
            """);
        AddKey(command, schedule, number);
        command.Parameters.AddWithValue("owner", owner);
        command.Parameters.Add(new NpgsqlParameter("lease", NpgsqlDbType.Interval) { Value = options.Lease });
        // Once begun it is not cancelled: nobody would renew, finish or hand back a run that nobody knows to be theirs.
        return await command.ExecuteScalarAsync(CancellationToken.None) is long fence
            ? new StartedRun(schedule, number, fence, beat.Hold((schedule, number), fence))
            : null;
    }

    /// <summary>Ends a run.</summary>
    /// <param name="run">What was begun.</param>
    /// <param name="result">What it did; null when it failed.</param>
    /// <param name="error">Why it failed; null when it did not.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>False when another worker began it again; then nothing is stored.</returns>
    /// <exception cref="NpgsqlException">Postgres cannot be reached.</exception>
    public async Task<bool> FinishAsync(StartedRun run, RunResult? result, string? error, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(
            """
            update schedule_runs
            set state = @state, finished_at = now(), lease_until = null, result = @result, findings = @findings, error = @error
            where schedule = @schedule and number = @number and state = 'running' and fence = @fence
            """);
        AddKey(command, run.Schedule, run.Number);
        command.Parameters.AddWithValue("fence", run.Fence);
        command.Parameters.AddWithValue("state", error is null ? "succeeded" : "failed");
        command.Parameters.AddWithValue("result", NpgsqlDbType.Text, (object?)result?.Summary ?? DBNull.Value);
        command.Parameters.AddWithValue("findings", NpgsqlDbType.Jsonb, JsonSerializer.Serialize(result?.Findings ?? []));
        command.Parameters.AddWithValue("error", NpgsqlDbType.Text, (object?)error ?? DBNull.Value);
        return await command.ExecuteNonQueryAsync(cancellationToken) == 1;
    }

    /// <summary>Gives a run back at once, so that the next leader begins it without waiting for its lease. The attempt does not count.</summary>
    /// <exception cref="NpgsqlException">Postgres cannot be reached; the lease runs out by itself.</exception>
    public async Task HandBackAsync(StartedRun run, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(
            """
            update schedule_runs
            set state = 'waiting', owner = null, lease_until = null, enqueued_at = null, attempt = attempt - 1
            where schedule = @schedule and number = @number and state = 'running' and fence = @fence
            """);
        AddKey(command, run.Schedule, run.Number);
        command.Parameters.AddWithValue("fence", run.Fence);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Stops renewing a run, however it ended.</summary>
    public void Release(StartedRun run) => beat.Release((run.Schedule, run.Number), run.Fence);

    /// <inheritdoc />
    public void Dispose() => beat.Dispose();

    private static void AddKey(NpgsqlCommand command, string schedule, long number)
    {
        command.Parameters.AddWithValue("schedule", schedule);
        command.Parameters.AddWithValue("number", number);
    }

    private HashSet<(string, long)> Renew(IReadOnlyList<((string Schedule, long Number) Key, long Fence)> runs)
    {
        using var connection = source.OpenConnection();
        using var command = new NpgsqlCommand(
            """
            update schedule_runs r
            set lease_until = now() + @lease
            from unnest(@schedules, @numbers, @fences) as held (schedule, number, fence)
            where (r.schedule, r.number, r.fence) = (held.schedule, held.number, held.fence) and r.state = 'running'
            returning r.schedule, r.number
            """,
            connection) { CommandTimeout = Math.Max(1, (int)options.Lease.TotalSeconds - 1) };
        command.Parameters.Add(new NpgsqlParameter("lease", NpgsqlDbType.Interval) { Value = options.Lease });
        command.Parameters.AddWithValue("schedules", runs.Select(run => run.Key.Schedule).ToArray());
        command.Parameters.AddWithValue("numbers", runs.Select(run => run.Key.Number).ToArray());
        command.Parameters.AddWithValue("fences", runs.Select(run => run.Fence).ToArray());
        HashSet<(string, long)> renewed = [];
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            renewed.Add((reader.GetString(0), reader.GetInt64(1)));
        }

        return renewed;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} leases of scheduled runs could not be renewed: {Reason}")]
    private partial void LogNotRenewed(int count, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Run {Number} of {Schedule} was restarted by another worker; it is cancelled here")]
    private partial void LogLost(string schedule, long number);
}
