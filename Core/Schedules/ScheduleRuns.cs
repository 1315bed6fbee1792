using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;
using NpgsqlTypes;
using Platform.Core.Leases;
using Platform.Core.Storage;

namespace Platform.Core.Schedules;

/// <summary>Starts and finishes runs by their number. A run is started once, by the first caller, unless its worker died.</summary>
public sealed partial class ScheduleRuns : IDisposable
{
    private readonly NpgsqlDataSource _source;
    private readonly SchedulerOptions _options;
    private readonly ILogger<ScheduleRuns> _logger;
    private readonly LeaseHeartbeat<(string Schedule, long Number)> _beat;

    /// <summary>Starts the thread that renews.</summary>
    public ScheduleRuns(NpgsqlDataSource source, IOptions<SchedulerOptions> options, ILogger<ScheduleRuns> logger)
    {
        this._source = source;
        this._options = options.Value;
        this._logger = logger;
        _beat = new LeaseHeartbeat<(string Schedule, long Number)>(
            "schedule-runs", this._options.Beat, Renew, LogNotRenewed, (key, _) => LogLost(key.Schedule, key.Number));
    }

    /// <summary>Begins a run.</summary>
    /// <returns>Null when it was started already, has ended, or was deleted.</returns>
    /// <exception cref="NpgsqlException">Postgres cannot be reached.</exception>
    public async Task<StartedRun?> StartAsync(string schedule, long number, string owner, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        // Not cancelled once sent: a run that was started without its caller knowing would be neither renewed nor released.
        var fence = await _source.Sql(
            """
            update schedule_runs
            set state = 'running', owner = @owner, fence = fence + 1, attempt = attempt + 1, lease_until = now() + @lease, started_at = now()
            where schedule = @schedule and number = @number and state = 'waiting'
            returning fence
            """)
            .With("schedule", schedule).With("number", number).With("owner", owner).With("lease", _options.Lease)
            .ScalarAsync<long?>(CancellationToken.None);
        return fence is { } started ? new StartedRun(schedule, number, started, _beat.Hold((schedule, number), started)) : null;
    }

    /// <summary>Ends a run.</summary>
    /// <param name="run">The run.</param>
    /// <param name="result">What it did; null when it failed.</param>
    /// <param name="error">Why it failed; null when it did not.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>False when another worker restarted it; then nothing is stored.</returns>
    /// <exception cref="NpgsqlException">Postgres cannot be reached.</exception>
    public async Task<bool> FinishAsync(StartedRun run, RunResult? result, string? error, CancellationToken cancellationToken) =>
        await _source.Sql(
            """
            update schedule_runs
            set state = @state, finished_at = now(), lease_until = null, result = @result, findings = @findings, error = @error
            where schedule = @schedule and number = @number and state = 'running' and fence = @fence
            """)
            .With("schedule", run.Schedule).With("number", run.Number).With("fence", run.Fence)
            .With("state", error is null ? "succeeded" : "failed")
            .With("result", result?.Summary)
            .With("findings", JsonSerializer.Serialize(result?.Findings ?? []), NpgsqlDbType.Jsonb)
            .With("error", error)
            .ExecuteAsync(cancellationToken) == 1;

    /// <summary>Gives a run back at once, so that the next leader begins it without waiting for its lease. The attempt does not count.</summary>
    /// <exception cref="NpgsqlException">Postgres cannot be reached; the lease expires.</exception>
    public Task HandBackAsync(StartedRun run, CancellationToken cancellationToken) =>
        _source.Sql(
            """
            update schedule_runs
            set state = 'waiting', owner = null, lease_until = null, enqueued_at = null, attempt = attempt - 1
            where schedule = @schedule and number = @number and state = 'running' and fence = @fence
            """)
            .With("schedule", run.Schedule).With("number", run.Number).With("fence", run.Fence)
            .ExecuteAsync(cancellationToken);

    /// <summary>Stops renewing a run, however it ended.</summary>
    public void Release(StartedRun run) => _beat.Release((run.Schedule, run.Number), run.Fence);

    /// <inheritdoc />
    public void Dispose() => _beat.Dispose();

    private HashSet<(string, long)> Renew(IReadOnlyList<((string Schedule, long Number) Key, long Fence)> runs)
    {
        using var connection = _source.OpenConnection();
        return connection.Sql(
            """
            update schedule_runs r
            set lease_until = now() + @lease
            from unnest(@schedules, @numbers, @fences) as held (schedule, number, fence)
            where (r.schedule, r.number, r.fence) = (held.schedule, held.number, held.fence) and r.state = 'running'
            returning r.schedule, r.number
            """)
            .With("lease", _options.Lease)
            .With("schedules", runs.Select(run => run.Key.Schedule).ToArray())
            .With("numbers", runs.Select(run => run.Key.Number).ToArray())
            .With("fences", runs.Select(run => run.Fence).ToArray())
            .WithTimeout(_options.Lease - TimeSpan.FromSeconds(1))
            .List(row => (row.Get<string>("schedule"), row.Get<long>("number")))
            .ToHashSet();
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} leases of scheduled runs could not be renewed: {Reason}")]
    private partial void LogNotRenewed(int count, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Run {Number} of {Schedule} was restarted by another worker; it is cancelled here")]
    private partial void LogLost(string schedule, long number);
}

/// <summary>A run that this process has started.</summary>
/// <param name="Schedule">The schedule's name.</param>
/// <param name="Number">Its number.</param>
/// <param name="Fence">Of this start; only the newest may finish.</param>
/// <param name="Lost">Cancelled when another worker restarted it.</param>
public sealed record StartedRun(string Schedule, long Number, long Fence, CancellationToken Lost);
