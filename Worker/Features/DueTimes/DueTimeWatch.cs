using System.Collections.Concurrent;
using Platform.Core.DueTimes;
using Platform.Core.Storage;

namespace Platform.Worker.Features.DueTimes;

/// <summary>
/// The one timer of a worker's loops: asks Postgres once a second what is due, and at the very moment when the next thing becomes due, and
/// wakes whoever does it. Everything else wakes them by notification. While notifications do not arrive, or something that is due is not
/// taken, it asks as often as the loops want to look.
/// </summary>
internal sealed partial class DueTimeWatch(
    DueTimeReader reader,
    NotificationListener notifications,
    DatabaseState database,
    TimeProvider clock,
    ILogger<DueTimeWatch> logger) : BackgroundService
{
    /// <summary>Between two looks when nothing is due. A lease holds for 4 s, so it is seen before it runs out.</summary>
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(1);

    /// <summary>Least time between two looks: those who ask for one may be many.</summary>
    private static readonly TimeSpan Least = TimeSpan.FromMilliseconds(20);

    /// <summary>Due times are exact to the microsecond, timers are not.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromMilliseconds(1);

    private readonly ConcurrentDictionary<DueArea, (TimeSpan Poll, Action Wake)> loops = new();
    private readonly WakeSignal soon = new();

    /// <summary>Asks to be woken when an area has work.</summary>
    /// <param name="area">Whose work.</param>
    /// <param name="poll">How often to be woken again while it stays due, and how often to look while notifications do not arrive.</param>
    /// <param name="wake">Must not block.</param>
    public void On(DueArea area, TimeSpan poll, Action wake) => loops[area] = (poll, wake);

    /// <summary>Looks now rather than at the next turn: this process has put something off for a moment.</summary>
    public void LookSoon() => soon.Wake();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        notifications.Lost += LookSoon;
        await database.WhenReadyAsync(stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var times = await reader.ReadAsync(stoppingToken);
                foreach (var time in times.Where(time => time.IsDue))
                {
                    Wake(time.Area);
                }

                var pause = PauseAfter(times);
                await Task.Delay(Least, clock, stoppingToken);
                await soon.WaitAsync(pause > Least ? pause - Least : TimeSpan.Zero, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                LogFailed(exception);
                await database.WhenReadyAsync(stoppingToken);
                await Task.Delay(Polls().Append(Idle).Min(), clock, stoppingToken);
            }
        }
    }

    private TimeSpan PauseAfter(IReadOnlyList<DueTime> times)
    {
        var polls = notifications.IsListening ? Polls(times.Where(time => time.IsDue).Select(time => time.Area)) : Polls();
        return times.Select(time => time.Next + Margin).OfType<TimeSpan>().Concat(polls).Append(Idle).Min();
    }

    private IEnumerable<TimeSpan> Polls() => Polls(loops.Keys);

    private IEnumerable<TimeSpan> Polls(IEnumerable<DueArea> areas) =>
        areas.Where(loops.ContainsKey).Select(area => loops[area].Poll);

    private void Wake(DueArea area)
    {
        if (loops.TryGetValue(area, out var loop))
        {
            loop.Wake();
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Asking what is due failed; trying again")]
    private partial void LogFailed(Exception exception);
}
