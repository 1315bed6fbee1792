using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Platform.Core.Storage;

/// <summary>Answers whether Postgres can be worked with: reachable, and on this version's schema.</summary>
public sealed partial class DatabaseState(
    NpgsqlDataSource source,
    IDbContextFactory<PlatformDbContext> contexts,
    TimeProvider clock,
    ILogger<DatabaseState> logger) : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>One of the waiting callers checks, so that an outage is one problem and one log line.</summary>
    private readonly SemaphoreSlim _looking = new(1, 1);

    private volatile bool _schemaIsCurrent;

    /// <summary>Checks now.</summary>
    /// <returns>Null when all is well, else one sentence without secrets.</returns>
    public async Task<string?> ProblemAsync(CancellationToken cancellationToken)
    {
        try
        {
            var hasHistory = await source.Sql($"select to_regclass('{StorageRegistration.HistoryTable}') is not null").ScalarAsync<bool>(cancellationToken);
            return _schemaIsCurrent || (hasHistory && await SchemaIsCurrentAsync(cancellationToken))
                ? null
                : "The schema is not migrated yet: run 'worker migrate'.";
        }
        catch (Exception exception) when (exception is NpgsqlException or TimeoutException or InvalidOperationException)
        {
            return exception is PostgresException { SqlState: { } code } ? $"Postgres returned error {code}." : "Postgres cannot be reached.";
        }
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
                await WhenReadyAsync(stoppingToken);
                onReady();
                await Task.Delay(pause, clock, stoppingToken);
            }
        }
    }

    /// <inheritdoc />
    public void Dispose() => _looking.Dispose();

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
