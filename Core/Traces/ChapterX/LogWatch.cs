using Microsoft.Extensions.Logging;
using Npgsql;
using Platform.Core.Access;
using Platform.Core.Storage;
using Platform.Core.Traces.Imports;

namespace Platform.Core.Traces.ChapterX;

/// <summary>
/// Watches a logs folder: existing and new traces are imported within a second or two. Of several workers one does it, the one that
/// holds an advisory lock; another takes over when its connection ends. What is stored already is not read again after a restart.
/// </summary>
public sealed partial class LogWatch(
    NpgsqlDataSource source,
    ImportRuns runs,
    ImportMemory memory,
    TimeProvider clock,
    ILogger<LogWatch> logger)
{
    /// <summary>Minimum time between two scans: a file that grows wakes the watch with every write.</summary>
    private static readonly TimeSpan MinPause = TimeSpan.FromMilliseconds(100);

    /// <summary>Follows until it is cancelled. Losing Postgres or the folder only interrupts it.</summary>
    /// <param name="root">The folder; it need not exist yet.</param>
    /// <param name="interval">Interval between scans without a notification.</param>
    /// <param name="keep">How long imported traces are kept; zero forever.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task RunAsync(WatchedRoot root, TimeSpan interval, TimeSpan keep, CancellationToken cancellationToken)
    {
        string? said = null;
        while (!cancellationToken.IsCancellationRequested)
        {
            var why = await TryFollowAsync(root, interval, keep, cancellationToken);
            if (why != said)
            {
                LogWaiting(root.Path, why);
                said = why;
            }

            await Task.Delay(interval, clock, cancellationToken);
        }
    }

    /// <returns>Why it does not follow.</returns>
    private async Task<string> TryFollowAsync(WatchedRoot root, TimeSpan interval, TimeSpan keep, CancellationToken cancellationToken)
    {
        try
        {
            if (FolderLogTree.TryOpenUsual(root.Path) is not { } tree)
            {
                return "there is no folder 'traces' in it yet";
            }

            await using var session = await SessionConnection.OpenAsync(source, cancellationToken);
            var connection = session.Connection;
            if (!await TryLockAsync(connection, root, cancellationToken))
            {
                return "another worker watches it";
            }

            try
            {
                await FollowAsync(connection, tree, root, interval, keep, cancellationToken);
            }
            finally
            {
                await UnlockAsync(connection, root);
            }

            return "it was interrupted";
        }
        catch (Exception exception) when (DatabaseFailure.IsThrownByNpgsql(exception) || exception is IOException or UnauthorizedAccessException)
        {
            return exception.Message;
        }
    }

    private async Task FollowAsync(
        NpgsqlConnection connection, FolderLogTree tree, WatchedRoot root, TimeSpan interval, TimeSpan keep, CancellationToken cancellationToken)
    {
        await runs.FailAbandonedAsync(cancellationToken);
        var run = new ImportRun
        {
            Id = Guid.CreateVersion7(), TenantId = Tenant.Home, Source = root.Label, Kind = ImportKind.Watch, StartedAt = clock.GetUtcNow(),
        };
        await ImportRuns.StartAsync(connection, run, cancellationToken);
        LogFollowing(tree.Root, run.Id);
        using var wake = new FolderWake(tree.Root);
        try
        {
            var session = new LogWatchSession(connection, tree, run, keep, memory, clock, problem => LogPassedOver(tree.Root, problem.File, problem.Message));
            while (true)
            {
                await session.LookAsync(cancellationToken);
                await Task.Delay(MinPause, clock, cancellationToken);
                await wake.Signal.WaitAsync(interval - MinPause, cancellationToken);
            }
        }
        finally
        {
            await EndAsync(connection, run);
        }
    }

    private async Task EndAsync(NpgsqlConnection connection, ImportRun run)
    {
        run.State = ImportState.Completed;
        run.FinishedAt = clock.GetUtcNow();
        try
        {
            await ImportRuns.SaveAsync(connection, run, CancellationToken.None);
            await ImportRuns.ReleaseAsync(connection, run);
        }
        catch (Exception exception) when (exception is NpgsqlException or InvalidOperationException)
        {
            // The connection is gone, and the lock with it: whoever follows next marks this run as failed.
            LogNotEnded(exception, run.Id);
        }
    }

    private static Task<bool> TryLockAsync(NpgsqlConnection connection, WatchedRoot root, CancellationToken cancellationToken) =>
        connection.Sql("select pg_try_advisory_lock(hashtextextended('chapterx watch ' || @path, 0))").With("path", root.Path)
            .ScalarAsync<bool>(cancellationToken);

    private async Task UnlockAsync(NpgsqlConnection connection, WatchedRoot root)
    {
        try
        {
            await connection.Sql("select pg_advisory_unlock(hashtextextended('chapterx watch ' || @path, 0))").With("path", root.Path)
                .ExecuteAsync(CancellationToken.None);
        }
        catch (Exception exception) when (exception is NpgsqlException or InvalidOperationException)
        {
            LogNotUnlocked(exception, root.Path);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Watching {Folder}: new traces are imported as they appear (import {ImportRunId})")]
    private partial void LogFollowing(string folder, Guid importRunId);

    [LoggerMessage(Level = LogLevel.Information, Message = "The logs folder {Folder} cannot be watched; retrying: {Reason}")]
    private partial void LogWaiting(string folder, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Folder}: {File} is not imported. {Reason}")]
    private partial void LogPassedOver(string folder, string file, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The end of import {ImportRunId} could not be stored")]
    private partial void LogNotEnded(Exception exception, Guid importRunId);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The lock on {Folder} was lost with its database connection")]
    private partial void LogNotUnlocked(Exception exception, string folder);
}
