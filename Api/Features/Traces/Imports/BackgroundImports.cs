using Platform.Core.Traces.ChapterX;

namespace Platform.Api.Features.Traces.Imports;

/// <summary>Imports that continue after their request was answered. When the Api stops they stop, and their runs are marked as failed.</summary>
internal sealed partial class BackgroundImports(ChapterXImporter importer, ILogger<BackgroundImports> logger) : IHostedService, IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly HashSet<Task> _running = [];

    /// <summary>Begins an import.</summary>
    /// <param name="tree">Disposed at its end.</param>
    /// <param name="share">Disposed at its end.</param>
    /// <param name="order">Who imports what.</param>
    /// <returns>Once its run can be found, or it failed before that.</returns>
    public async Task BeginAsync(ILogTree tree, IDisposable share, ImportOrder order)
    {
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var import = Task.Run(() => ImportAsync(tree, share, order, new FirstProgress(begun)));
        lock (_running)
        {
            _running.Add(import);
        }

        _ = import.ContinueWith(Forget, TaskScheduler.Default);
        await Task.WhenAny(begun.Task, import);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stop.CancelAsync();
        Task[] left;
        lock (_running)
        {
            left = [.. _running];
        }

        await Task.WhenAll(left).WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Dispose() => _stop.Dispose();

    private async Task ImportAsync(ILogTree tree, IDisposable share, ImportOrder order, IProgress<ImportProgress> progress)
    {
        using (share)
        using (tree)
        {
            try
            {
                await importer.ImportAsync(tree, order, progress, _stop.Token);
            }
            catch (Exception exception) when (!_stop.IsCancellationRequested)
            {
                // Nobody waits for it any more; its run is marked as failed.
                LogFailed(exception, order.RunId);
            }
            catch (OperationCanceledException)
            {
                // The run is marked as failed.
            }
        }
    }

    private void Forget(Task import)
    {
        lock (_running)
        {
            _running.Remove(import);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Import {ImportRunId} failed")]
    private partial void LogFailed(Exception exception, Guid importRunId);

    private sealed class FirstProgress(TaskCompletionSource begun) : IProgress<ImportProgress>
    {
        public void Report(ImportProgress value) => begun.TrySetResult();
    }
}
