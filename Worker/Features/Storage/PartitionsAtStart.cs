using Platform.Core.Storage;

namespace Platform.Worker.Features.Storage;

/// <summary>Creates the day partitions of the coming days when the worker starts, before any schedule is due: the machine may have been off for a week.</summary>
internal sealed partial class PartitionsAtStart(DayPartitions partitions, DatabaseState database, ILogger<PartitionsAtStart> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await database.WhenReadyAsync(stoppingToken);
        try
        {
            await partitions.EnsureAsync(stoppingToken);
        }
        catch (Exception exception) when (DatabaseFailure.IsThrownByNpgsql(exception))
        {
            LogFailed(exception);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The day partitions could not be created at start; the schedule retries")]
    private partial void LogFailed(Exception exception);
}
