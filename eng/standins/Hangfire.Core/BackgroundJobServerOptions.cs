using Hangfire.States;

namespace Hangfire;

/// <summary>How a server performs jobs.</summary>
public class BackgroundJobServerOptions
{
    private static readonly TimeSpan LongestInterval = TimeSpan.FromHours(24);

    private int _workerCount = Math.Min(Environment.ProcessorCount * 5, 20);
    private string[] _queues = [EnqueuedState.DefaultQueue];
    private TimeSpan _stopTimeout = TimeSpan.FromMilliseconds(500);
    private TimeSpan _shutdownTimeout = TimeSpan.FromSeconds(15);
    private TimeSpan _schedulePollingInterval = TimeSpan.FromSeconds(15);
    private TimeSpan _heartbeatInterval = TimeSpan.FromSeconds(30);
    private TimeSpan _serverTimeout = TimeSpan.FromMinutes(5);
    private TimeSpan _serverCheckInterval = TimeSpan.FromMinutes(5);

    /// <summary>The first part of the server's id; null: the machine's name and the process id.</summary>
    public string? ServerName { get; set; }

    /// <summary>Jobs at the same time. Default: five for each processor, 20 at most; positive.</summary>
    public int WorkerCount
    {
        get => _workerCount;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(value);
            _workerCount = value;
        }
    }

    /// <summary>The queues that are served. Default: <c>default</c>.</summary>
    public string[] Queues
    {
        get => _queues;
        set => _queues = value switch
        {
            null => throw new ArgumentNullException(nameof(value)),
            [] => throw new ArgumentException("You should specify at least one queue to listen.", nameof(value)),
            _ => value,
        };
    }

    /// <summary>How long running jobs may go on before their tokens are cancelled when the server stops. Default: 0.5 s.</summary>
    public TimeSpan StopTimeout
    {
        get => _stopTimeout;
        set => _stopTimeout = NonNegativeOrInfinite(value);
    }

    /// <summary>How long the server waits for jobs whose tokens are cancelled. Default: 15 s.</summary>
    public TimeSpan ShutdownTimeout
    {
        get => _shutdownTimeout;
        set => _shutdownTimeout = NonNegativeOrInfinite(value);
    }

    /// <summary>The real server's pause between looks for scheduled jobs; the stand-in looks every second. Default: 15 s.</summary>
    public TimeSpan SchedulePollingInterval
    {
        get => _schedulePollingInterval;
        set => _schedulePollingInterval = Within(value, TimeSpan.FromMilliseconds(int.MaxValue));
    }

    /// <summary>How often the server says that it lives. Default: 30 s; 24 h at most.</summary>
    public TimeSpan HeartbeatInterval
    {
        get => _heartbeatInterval;
        set => _heartbeatInterval = Within(value, LongestInterval);
    }

    /// <summary>Silence after which a server counts as gone. Default: 5 min; 24 h at most.</summary>
    public TimeSpan ServerTimeout
    {
        get => _serverTimeout;
        set => _serverTimeout = Within(value, LongestInterval);
    }

    /// <summary>How often servers that are gone are looked for. Default: 5 min; 24 h at most.</summary>
    public TimeSpan ServerCheckInterval
    {
        get => _serverCheckInterval;
        set => _serverCheckInterval = Within(value, LongestInterval);
    }

    /// <summary>How often the server looks whether a running job was deleted or taken away. Default: 5 s.</summary>
    public TimeSpan CancellationCheckInterval { get; set; } = TimeSpan.FromSeconds(5);

    private static TimeSpan NonNegativeOrInfinite(TimeSpan value) =>
        value == Timeout.InfiniteTimeSpan ? value : Within(value, TimeSpan.FromMilliseconds(int.MaxValue));

    private static TimeSpan Within(TimeSpan value, TimeSpan most)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, most);
        return value;
    }
}
