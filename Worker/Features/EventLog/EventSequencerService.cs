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

    /// <summary>Collects events of many short transactions, so that a round costs one commit for all of them.</summary>
    private static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(20);

    private readonly WakeSignal _wake = notifications.Signal(PlatformEventWriter.WakeChannel);

    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        dueTimes.On(DueArea.Events, Poll, _wake.Wake);
        return database.RepeatAsync(WorkAsync, LogFailed, Poll, stoppingToken);
    }

    /// <summary>One round: number what was written, wait if there was nothing.</summary>
    private async Task WorkAsync(CancellationToken stoppingToken)
    {
        var count = await sequencer.RunAsync(stoppingToken);
        if (count == 0)
        {
            await _wake.WaitAsync(stoppingToken);
        }
        else if (count < EventSequencer.RoundSize)
        {
            await Task.Delay(Gather, clock, stoppingToken);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Numbering events failed; retrying")]
    private partial void LogFailed(Exception exception);
}
