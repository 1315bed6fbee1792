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

    private readonly ConcurrentDictionary<DueArea, TimeSpan> polls = new();
    private readonly ConcurrentDictionary<DueArea, Action> loops = new();
    private readonly WakeSignal soon = new();

    /// <summary>Asks to be woken when an area has work.</summary>
    /// <param name="area">Whose work.</param>
    /// <param name="poll">How often to be woken again while it stays due, and how often to look while notifications do not arrive.</param>
    /// <param name="wake">Must not block.</param>
    public void On(DueArea area, TimeSpan poll, Action wake) => (polls[area], loops[area]) = (poll, wake);

    /// <summary>Looks now rather than at the next turn: this process has put something off for a moment.</summary>
    public void CheckSoon() => soon.Wake();

    /// <summary>How long to wait until the next look.</summary>
    /// <param name="times">What the last look found.</param>
    /// <param name="polls">How often the loops want to look when nobody tells them.</param>
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

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        notifications.Lost += CheckSoon;
        await database.WhenReadyAsync(stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await CheckAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                LogFailed(exception);
                await database.WhenReadyAsync(stoppingToken);

                // What is due is not known: let everybody look for themselves.
                foreach (var wake in loops.Values)
                {
                    wake();
                }

                await Task.Delay(Idle, clock, stoppingToken);
            }
        }
    }

    /// <summary>One round: wake whoever has something to do, sleep until somebody will have.</summary>
    private async Task CheckAsync(CancellationToken stoppingToken)
    {
        var times = await reader.ReadAsync(stoppingToken);
        foreach (var time in times.Where(time => time.IsDue))
        {
            if (loops.TryGetValue(time.Area, out var wake))
            {
                wake();
            }
        }

        var pause = PauseAfter(times, polls, notifications.IsListening);
        await Task.Delay(Least, clock, stoppingToken);
        await soon.WaitAsync(pause > Least ? pause - Least : TimeSpan.Zero, stoppingToken);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Reading what is due failed; every loop checks for itself until it works again")]
    private partial void LogFailed(Exception exception);
}
