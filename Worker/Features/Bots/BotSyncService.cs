using Microsoft.Extensions.Options;
using Platform.Core.Bots;
using Platform.Core.Storage;

namespace Platform.Worker.Features.Bots;

/// <summary>The loop around <see cref="BotFolderScan"/>.</summary>
internal sealed partial class BotSyncService(
    BotFolderScan scan,
    DatabaseState database,
    IOptions<BotOptions> options,
    TimeProvider clock,
    ILogger<BotSyncService> logger) : BackgroundService
{
    private bool _failing;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        LogWatching(options.Value.ConfigFolder);
        await database.WhenReadyAsync(stoppingToken);
        using var timer = new PeriodicTimer(options.Value.ScanInterval, clock);
        do
        {
            await ScanAsync(stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task ScanAsync(CancellationToken stoppingToken)
    {
        try
        {
            await scan.ScanAsync(stoppingToken);
            if (_failing)
            {
                LogRecovered();
            }

            _failing = false;
        }
        catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
        {
            // Once per outage: the loop comes by every few seconds.
            if (!_failing)
            {
                LogFailed(exception);
            }

            _failing = true;
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Bots are read from {Folder}")]
    private partial void LogWatching(string folder);

    [LoggerMessage(Level = LogLevel.Error, Message = "Bots could not be updated from their files; they stay unchanged until a retry succeeds")]
    private partial void LogFailed(Exception exception);

    [LoggerMessage(Level = LogLevel.Information, Message = "Bots are up to date again")]
    private partial void LogRecovered();
}
