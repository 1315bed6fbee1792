using Npgsql;
using Platform.Core.Storage;

namespace Platform.Worker.Features.Storage;

/// <summary>Makes the coming days' partitions, at start and then once an hour.</summary>
internal sealed partial class PartitionKeeper(
    DayPartitions partitions,
    DatabaseState database,
    TimeProvider clock,
    ILogger<PartitionKeeper> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        do
        {
            await database.WhenReadyAsync(stoppingToken);
            try
            {
                await partitions.EnsureAsync(stoppingToken);
            }
            catch (NpgsqlException exception)
            {
                LogFailed(exception);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The coming days' partitions could not be made; traces of those days are lost unless this is mended")]
    private partial void LogFailed(Exception exception);
}
