using Platform.Core.Outbox;
using Platform.Core.Storage;

namespace Platform.Worker.Features.Outbox;

/// <summary>Counts the outbox every 10 s for the gauges, apart from the relay, which sleeps while there is nothing to deliver.</summary>
internal sealed partial class OutboxWatch(
    OutboxReader reader,
    OutboxTelemetry telemetry,
    DatabaseState database,
    TimeProvider clock,
    ILogger<OutboxWatch> logger) : BackgroundService
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
                telemetry.Observed(await reader.CountAsync(tenantId: null, stoppingToken));
            }
            catch (Exception exception) when (DatabaseFailure.IsThrownByNpgsql(exception) || exception is InvalidOperationException)
            {
                telemetry.Observed(null);
                LogNotCounted(exception.Message);
                await database.WhenReadyAsync(stoppingToken);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Outbox metrics could not be read: {Reason}")]
    private partial void LogNotCounted(string reason);
}
