using Platform.Core.DueTimes;
using Platform.Core.EventLog;
using Platform.Core.Outbox;
using Platform.Core.Storage;
using Platform.Worker.Features.DueTimes;

namespace Platform.Worker.Features.EventLog;

/// <summary>Numbers events whenever some were written. Every worker runs it; the database lets one at a time.</summary>
internal sealed partial class EventSequencerService(
    EventSequencer sequencer,
    NotificationListener notifications,
    DueTimeWatch dueTimes,
    DatabaseState database,
    TimeProvider clock,
    ILogger<EventSequencerService> logger) : BackgroundService
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(500);

    /// <summary>Lets events of many short transactions come together, so that a round costs one commit for all of them.</summary>
    private static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(20);

    private readonly WakeSignal wake = notifications.Signal(PlatformEventWriter.WakeChannel);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        dueTimes.On(DueArea.Events, Poll, wake.Wake);
        await database.WhenReadyAsync(stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var count = await sequencer.RunAsync(stoppingToken);
                if (count == 0)
                {
                    await wake.WaitAsync(stoppingToken);
                }
                else if (count < EventSequencer.RoundSize)
                {
                    await Task.Delay(Gather, clock, stoppingToken);
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                LogFailed(exception);
                await database.WhenReadyAsync(stoppingToken);
                await Task.Delay(Poll, clock, stoppingToken);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Numbering events failed; retrying")]
    private partial void LogFailed(Exception exception);
}
