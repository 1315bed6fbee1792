using Npgsql;
using Platform.Core.Activations;
using Platform.Core.Activations.Queue;
using Platform.Core.Storage;

namespace Platform.Worker.Features.Activations;

/// <summary>Counts the queue every 10 s for the gauges, apart from the runner, whose claims must not wait for it.</summary>
internal sealed partial class QueueWatch(
    QueueReader queue,
    ActivationTelemetry telemetry,
    DatabaseState database,
    TimeProvider clock,
    ILogger<QueueWatch> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await database.WhenReadyAsync(stoppingToken);
        using var timer = new PeriodicTimer(Interval, clock);
        do
        {
            try
            {
                telemetry.Observed(await queue.TotalAsync(stoppingToken));
            }
            catch (Exception exception) when (exception is NpgsqlException or TimeoutException or InvalidOperationException)
            {
                telemetry.Observed(null);
                LogNotCounted(exception.Message);
                await database.WhenReadyAsync(stoppingToken);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The queue could not be counted: {Reason}")]
    private partial void LogNotCounted(string reason);
}
