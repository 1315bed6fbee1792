using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Platform.Core.Storage;

/// <summary>Answers whether Postgres can be worked with: reachable, and on this version's schema.</summary>
public sealed partial class DatabaseState(
    NpgsqlDataSource source,
    IDbContextFactory<PlatformDbContext> contexts,
    DatabaseProbe probe,
    TimeProvider clock,
    ILogger<DatabaseState> logger) : IDisposable
{
    /// <summary>What a full disk is called in health reports and logs.</summary>
    public const string DiskIsFull = "The disk of Postgres is full: reads work, writes fail.";

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan AwayPause = TimeSpan.FromMilliseconds(250);

    // A small table may still have room in its last page, or lie on another disk.
    private static readonly TimeSpan FullFor = TimeSpan.FromSeconds(3);

    /// <summary>One of the waiting callers checks, so that an outage is one problem and one log line.</summary>
    private readonly SemaphoreSlim _looking = new(1, 1);
    private readonly CancellationTokenSource _stopping = new();

    private volatile bool _schemaIsCurrent;
    private volatile bool _isAway;
    private long _fullAt;
    private int _polling;

    /// <summary>
    /// True from a failed attempt to connect, or one that Postgres did not answer, until one succeeds, a quarter of a second after it is back: until then
    /// it need not be asked.
    /// </summary>
    public bool IsAway => _isAway;

    /// <summary>Checks now.</summary>
    /// <returns>Null when all is well, else one sentence without secrets.</returns>
    public async Task<string?> ProblemAsync(CancellationToken cancellationToken)
    {
        try
        {
            var hasHistory = await source.Sql($"select to_regclass('{StorageRegistration.HistoryTable}') is not null").ScalarAsync<bool>(cancellationToken);
            _isAway = false;
            return !_schemaIsCurrent && !(hasHistory && await SchemaIsCurrentAsync(cancellationToken)) ? "The schema is not migrated yet: run 'worker migrate'."
                : await IsDiskFullAsync(cancellationToken) ? DiskIsFull
                : null;
        }
        catch (OperationCanceledException)
        {
            // The caller has waited long enough.
            Suspect();
            throw;
        }
        catch (Exception exception) when (DatabaseFailure.IsThrownByNpgsql(exception) || exception is InvalidOperationException)
        {
            Note(exception);
            return DatabaseFailure.IsDiskFull(exception) ? "The disk of Postgres is full."
                : exception is PostgresException { SqlState: { } code } ? $"Postgres returned error {code}."
                : "Postgres cannot be reached.";
        }
    }

    /// <summary>Tells of a failure, which may mean that Postgres is away or its disk is full. Checks that follow by themselves find out whether it is, and when that is over.</summary>
    /// <param name="exception">What was thrown.</param>
    public void Note(Exception exception)
    {
        if (DatabaseFailure.IsDiskFull(exception))
        {
            Volatile.Write(ref _fullAt, clock.GetTimestamp());
        }
        else if (DatabaseFailure.IsUnreachable(exception) || DatabaseFailure.IsTimeout(exception))
        {
            Suspect();
        }
    }

    /// <summary>Tells that Postgres may be away, since something takes long that it has part in. Asks it, without waiting for the answer.</summary>
    public void Suspect()
    {
        if (Interlocked.Exchange(ref _polling, 1) == 0)
        {
            _ = PollWhileAwayAsync();
        }
    }

    /// <summary>Waits for work that uses Postgres. If it takes long, asks Postgres whether it answers: a frozen one refuses nothing.</summary>
    /// <param name="work">Already running.</param>
    /// <param name="limit">From when on it counts as long.</param>
    /// <exception cref="Exception">What the work failed by.</exception>
    public async Task SuspectWhileSlowAsync(Task work, TimeSpan limit)
    {
        using var ended = new CancellationTokenSource();
        if (await Task.WhenAny(work, Task.Delay(limit, clock, ended.Token)) != work)
        {
            Suspect();
        }

        await ended.CancelAsync();
        await work;
    }

    /// <summary>Waits until there is no problem, and logs what it waits for.</summary>
    public async Task WhenReadyAsync(CancellationToken cancellationToken)
    {
        await _looking.WaitAsync(cancellationToken);
        try
        {
            await PollUntilReadyAsync(cancellationToken);
        }
        finally
        {
            _looking.Release();
        }
    }

    /// <summary>Repeats a round of work until the host stops. After a failed round it waits until Postgres is ready, then a moment longer.</summary>
    /// <param name="round">One round; it waits by itself when there is nothing to do.</param>
    /// <param name="onFailed">Called with what a round failed by, to log it.</param>
    /// <param name="pause">The least time between a failed round and the next.</param>
    /// <param name="stoppingToken">Ends the loop, without an exception.</param>
    public Task RepeatAsync(Func<CancellationToken, Task> round, Action<Exception> onFailed, TimeSpan pause, CancellationToken stoppingToken) =>
        RepeatAsync(round, onFailed, () => { }, pause, stoppingToken);

    /// <inheritdoc cref="RepeatAsync(Func{CancellationToken, Task}, Action{Exception}, TimeSpan, CancellationToken)"/>
    /// <param name="round">One round; it waits by itself when there is nothing to do.</param>
    /// <param name="onFailed">Called with what a round failed by, to log it.</param>
    /// <param name="onReady">Called when Postgres is ready again.</param>
    /// <param name="pause">The least time between a failed round and the next.</param>
    /// <param name="stoppingToken">Ends the loop, without an exception.</param>
    public async Task RepeatAsync(
        Func<CancellationToken, Task> round, Action<Exception> onFailed, Action onReady, TimeSpan pause, CancellationToken stoppingToken)
    {
        await WhenReadyAsync(stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await round(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                onFailed(exception);
                Note(exception);
                await WhenReadyAsync(stoppingToken);
                onReady();
                await Task.Delay(pause, clock, stoppingToken);
            }
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _stopping.Cancel();
        _looking.Dispose();
    }

    private async Task PollWhileAwayAsync()
    {
        // It outlasts the request that caused it, and is no part of its trace.
        Activity.Current = null;
        try
        {
            // At once: one broken connection is not yet an outage, nor is one slow statement.
            while (_isAway = !await probe.AnswersAsync(_stopping.Token))
            {
                await Task.Delay(AwayPause, clock, _stopping.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // The host stops.
        }
        finally
        {
            Interlocked.Exchange(ref _polling, 0);
        }
    }

    /// <summary>After a failed write, whether there is still no room: it takes some and gives it back.</summary>
    /// <exception cref="PostgresException">There is none, or something else is wrong; <see cref="DatabaseFailure.IsDiskFull"/> tells.</exception>
    internal async Task<bool> IsDiskFullAsync(CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref _fullAt) is not (not 0 and var fullAt))
        {
            return false;
        }

        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await connection.Sql(
            "create temporary table room_on_disk on commit drop as select repeat(md5(number::text), 256) as filler from generate_series(1, 128) number").ExecuteAsync(cancellationToken);
        await transaction.RollbackAsync(cancellationToken);
        if (clock.GetElapsedTime(fullAt) < FullFor)
        {
            return true;
        }

        Interlocked.CompareExchange(ref _fullAt, 0, fullAt);
        return false;
    }

    private async Task PollUntilReadyAsync(CancellationToken cancellationToken)
    {
        string? said = null;
        while (await ProblemAsync(cancellationToken) is { } problem)
        {
            if (problem != said)
            {
                LogWaiting(problem);
                said = problem;
            }

            await Task.Delay(Pause, clock, cancellationToken);
        }

        if (said is not null)
        {
            LogReady();
        }
    }

    private async Task<bool> SchemaIsCurrentAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        _schemaIsCurrent = !(await context.Database.GetPendingMigrationsAsync(cancellationToken)).Any();
        return _schemaIsCurrent;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Waiting for the database: {Problem}")]
    private partial void LogWaiting(string problem);

    [LoggerMessage(Level = LogLevel.Information, Message = "The database is ready")]
    private partial void LogReady();
}
