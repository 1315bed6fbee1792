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

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => database.RepeatAsync(CountAsync, OnFailed, Interval, stoppingToken);

    private async Task CountAsync(CancellationToken stoppingToken)
    {
        telemetry.Observed(await queue.TotalAsync(stoppingToken));
        await Task.Delay(Interval, clock, stoppingToken);
    }

    private void OnFailed(Exception exception)
    {
        telemetry.Observed(null);
        LogNotCounted(exception.Message);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Queue metrics could not be read: {Reason}")]
    private partial void LogNotCounted(string reason);
}
