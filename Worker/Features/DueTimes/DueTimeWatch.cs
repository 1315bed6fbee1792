using System.Collections.Concurrent;
using Platform.Core.DueTimes;
using Platform.Core.Storage;

namespace Platform.Worker.Features.DueTimes;

/// <summary>
/// The one timer of a worker's loops: reads from Postgres what is due, once a second and whenever the next item becomes due, and
/// wakes the loop concerned. New work wakes the loops by notification. While notifications do not arrive, or due work is not
/// claimed, it polls at the loops' own intervals.
/// </summary>
internal sealed partial class DueTimeWatch(
    DueTimeReader reader,
    NotificationListener notifications,
    DatabaseState database,
    TimeProvider clock,
    ILogger<DueTimeWatch> logger) : BackgroundService
{
    /// <summary>Interval when nothing is due. A lease holds for 4 s, so it is seen before it expires.</summary>
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(1);

    /// <summary>Minimum interval, since many may request a check.</summary>
    private static readonly TimeSpan Least = TimeSpan.FromMilliseconds(20);

    /// <summary>Due times are exact to the microsecond, timers are not.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromMilliseconds(1);

    private readonly ConcurrentDictionary<DueArea, TimeSpan> _polls = new();
    private readonly ConcurrentDictionary<DueArea, Action> _loops = new();
    private readonly WakeSignal _soon = new();

    /// <summary>Registers a loop to be woken when its area has work.</summary>
    /// <param name="area">Whose work.</param>
    /// <param name="poll">How often to wake it while work stays due, and how often to poll while notifications do not arrive.</param>
    /// <param name="wake">Must not block.</param>
    public void On(DueArea area, TimeSpan poll, Action wake) => (_polls[area], _loops[area]) = (poll, wake);

    /// <summary>Checks now instead of at the next interval: this process has deferred something for a short time.</summary>
    public void CheckSoon() => _soon.Wake();

    /// <summary>How long to wait until the next check.</summary>
    /// <param name="times">Result of the last check.</param>
    /// <param name="polls">Polling intervals of the loops.</param>
    /// <param name="listening">Whether notifications arrive.</param>
    internal static TimeSpan PauseAfter(IReadOnlyList<DueTime> times, IReadOnlyDictionary<DueArea, TimeSpan> polls, bool listening)
    {
        var untaken = times.Where(time => time.IsDue && polls.ContainsKey(time.Area)).Select(time => polls[time.Area]);
        return times.Select(time => time.Next + Margin)
            .OfType<TimeSpan>()
            .Concat(listening ? untaken : polls.Values)
            .Append(Idle)
            .Min();
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        notifications.Lost += CheckSoon;
        return database.RepeatAsync(CheckAsync, LogFailed, WakeAll, Idle, stoppingToken);
    }

    /// <summary>Reading failed, so what is due is unknown: every loop checks for itself.</summary>
    private void WakeAll()
    {
        foreach (var wake in _loops.Values)
        {
            wake();
        }
    }

    /// <summary>One round: wake the loops with due work, then sleep until the next check.</summary>
    private async Task CheckAsync(CancellationToken stoppingToken)
    {
        var times = await reader.ReadAsync(stoppingToken);
        foreach (var time in times.Where(time => time.IsDue))
        {
            if (_loops.TryGetValue(time.Area, out var wake))
            {
                wake();
            }
        }

        var pause = PauseAfter(times, _polls, notifications.IsListening);
        await Task.Delay(Least, clock, stoppingToken);
        await _soon.WaitAsync(pause > Least ? pause - Least : TimeSpan.Zero, stoppingToken);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Reading due times failed; each loop polls by itself until it works again")]
    private partial void LogFailed(Exception exception);
}
