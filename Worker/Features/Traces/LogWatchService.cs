using Microsoft.Extensions.Options;
using Platform.Core.Retention;
using Platform.Core.Storage;
using Platform.Core.Traces.ChapterX;

namespace Platform.Worker.Features.Traces;

/// <summary>Follows each logs folder of the settings while the worker runs.</summary>
internal sealed class LogWatchService(
    LogWatch watch, DatabaseState database, IOptions<LogWatchOptions> options, IOptions<RetentionOptions> retention) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var roots = WatchedRoot.All(options.Value.LogsDir, options.Value.LogsDirs);
        if (roots.Count == 0)
        {
            return;
        }

        await database.WhenReadyAsync(stoppingToken);
        await Task.WhenAll(roots.Select(root => watch.RunAsync(root, options.Value.WatchInterval, retention.Value.ImportedTraces, stoppingToken)));
    }
}
