using System.Globalization;
using Hangfire.Common;
using Hangfire.States;

namespace Hangfire;

/// <summary>How often, and after which delays, a job that failed runs again. Jobs without it have 10 attempts.</summary>
public sealed class AutomaticRetryAttribute : JobFilterAttribute
{
    public static readonly int DefaultRetryAttempts = 10;

    private int _attempts = DefaultRetryAttempts;
    private int[]? _delaysInSeconds;

    public AutomaticRetryAttribute() => Order = 20;

    /// <summary>Runs after the first. Default: 10; 0 for none.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A negative number.</exception>
    public int Attempts
    {
        get => _attempts;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            _attempts = value;
        }
    }

    /// <summary>Seconds before each retry; the last counts for all that follow. Null: a delay that grows with the fourth power of the attempt.</summary>
    public int[]? DelaysInSeconds
    {
        get => _delaysInSeconds;
        set
        {
            if (value is [])
            {
                throw new ArgumentNullException(nameof(value));
            }

            if (value?.Any(delay => delay < 0) == true)
            {
                throw new ArgumentException("DelaysInSeconds must hold no negative number.", nameof(value));
            }

            _delaysInSeconds = value;
        }
    }

    public AttemptsExceededAction OnAttemptsExceeded { get; set; }

    /// <summary>Whether failures are logged.</summary>
    public bool LogEvents { get; set; } = true;

    /// <summary>Exceptions that are retried; null or empty: all.</summary>
    public Type[]? OnlyOn { get; set; }

    /// <summary>Exceptions that are not retried.</summary>
    public Type[]? ExceptOn { get; set; }

    /// <summary>The state that a failed job takes.</summary>
    /// <param name="failed">What happened.</param>
    /// <param name="attempt">The number of the retry that would follow, from 1.</param>
    internal IState Elect(FailedState failed, int attempt)
    {
        var type = failed.Exception.GetType();
        if (OnlyOn is { Length: > 0 } only && !only.Any(one => one.IsAssignableFrom(type))
            || ExceptOn is { Length: > 0 } except && except.Any(one => one.IsAssignableFrom(type)))
        {
            return failed;
        }

        if (attempt > Attempts)
        {
            return OnAttemptsExceeded == AttemptsExceededAction.Delete
                ? new DeletedState { Reason = "Exceeded the maximum number of retry attempts." }
                : failed;
        }

        var reason = string.Create(CultureInfo.InvariantCulture, $"Retry attempt {attempt} of {Attempts}: {Shorten(failed.Exception.Message)}");
        var delay = DelayBefore(attempt);
        return delay > TimeSpan.Zero ? new ScheduledState(delay) { Reason = reason } : new EnqueuedState { Reason = reason };
    }

    private TimeSpan DelayBefore(int attempt) => TimeSpan.FromSeconds(DelaysInSeconds is { } delays
        ? delays[Math.Min(attempt, delays.Length) - 1]
        : Math.Pow(attempt - 1, 4) + 15 + Jitter(attempt));

#pragma warning disable CA5394 // Spreads retries; nothing depends on its secrecy.
    private static int Jitter(int attempt) => Random.Shared.Next(30) * attempt;
#pragma warning restore CA5394

    private static string Shorten(string message) => message.Length <= 50 ? message : message[..50] + "…";
}
