using Platform.Core.Schedules;
using Platform.Core.Storage;
using Platform.Worker.Features.Activations;

namespace Platform.Worker.Features.Schedules;

/// <summary>Executes one run by schedule and number, in the leader or in a job alike.</summary>
internal sealed partial class ScheduledRun(
    ScheduleList list,
    ScheduleRuns runs,
    IServiceProvider services,
    WorkerIdentity identity,
    TimeProvider clock,
    ILogger<ScheduledRun> logger)
{
    /// <summary>Starts the run unless it was started already, and finishes it.</summary>
    /// <param name="name">The schedule.</param>
    /// <param name="number">The run.</param>
    /// <param name="stopping">Cancelled at shutdown: the run is released for another worker.</param>
    /// <exception cref="OperationCanceledException">It was released.</exception>
    public async Task RunAsync(string name, long number, CancellationToken stopping)
    {
        if (list.Find(name) is not { } entry || await runs.StartAsync(name, number, identity.Name, stopping) is not { } run)
        {
            return;
        }

        using var timeout = new CancellationTokenSource(entry.Definition.Timeout, clock);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, run.Lost, stopping);
        try
        {
            var work = (IScheduledWork)services.GetRequiredService(entry.Work);
            var result = await work.RunAsync(ending.Token);
            await FinishAsync(run, result, null);
        }
        catch (Exception) when (stopping.IsCancellationRequested && !run.Lost.IsCancellationRequested)
        {
            await HandBackAsync(run);
            throw;
        }
        catch (Exception) when (run.Lost.IsCancellationRequested)
        {
            // Another worker has restarted it: the result of this one is discarded.
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested)
        {
            await FinishAsync(run, null, $"Timed out after {entry.Definition.Timeout.TotalMinutes:0.#} minutes.");
        }
        catch (Exception exception)
        {
            LogFailed(exception, name, number);
            await FinishAsync(run, null, exception.Message);
        }
        finally
        {
            runs.Release(run);
        }
    }

    private async Task FinishAsync(StartedRun run, RunResult? result, string? error)
    {
        // Without the end the run is restarted when its lease expires, which its work allows.
        if (await runs.FinishAsync(run, result, error, CancellationToken.None) && error is null)
        {
            LogEnded(run.Schedule, run.Number, result?.Summary ?? "nothing to do");
        }
    }

    private async Task HandBackAsync(StartedRun run)
    {
        try
        {
            await runs.HandBackAsync(run, CancellationToken.None);
            LogHandedBack(run.Schedule, run.Number);
        }
        catch (Exception exception) when (DatabaseFailure.IsThrownByNpgsql(exception))
        {
            LogNotHandedBack(run.Schedule, run.Number, exception.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Run {Number} of {Schedule} ended: {Summary}")]
    private partial void LogEnded(string schedule, long number, string summary);

    [LoggerMessage(Level = LogLevel.Error, Message = "Run {Number} of {Schedule} failed")]
    private partial void LogFailed(Exception exception, string schedule, long number);

    [LoggerMessage(Level = LogLevel.Information, Message = "Run {Number} of {Schedule} was released for another worker")]
    private partial void LogHandedBack(string schedule, long number);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Run {Number} of {Schedule} could not be released; another worker starts it when its lease expires: {Reason}")]
    private partial void LogNotHandedBack(string schedule, long number, string reason);
}
