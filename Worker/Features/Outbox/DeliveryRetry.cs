using Platform.Core.Outbox;

namespace Platform.Worker.Features.Outbox;

/// <summary>Delays before retries of a failed delivery: 2, 4, 8, 16, 32 s with the defaults, and at least the receiver's <c>Retry-After</c>.</summary>
internal static class DeliveryRetry
{
    /// <summary>Decides on the next attempt of a failed delivery. While its receiver is paused and cannot be connected to, attempts do not count: they say nothing about the delivery.</summary>
    /// <returns>The delay before it, and whether the failed attempt counts; null when there is no next one.</returns>
    public static (TimeSpan Delay, bool Counts)? Next(OutboxOptions options, EffectClaim claim, DeliveryResult result) =>
        claim.IsProbe && result.IsUnreachable ? (options.FirstRetryDelay, false)
        : DelayAfter(options, claim.Attempt + 1, result.RetryAfter) is { } delay ? (delay, true)
        : null;

    /// <summary>The wait before the next try.</summary>
    /// <param name="options">The settings.</param>
    /// <param name="failures">How many attempts failed, this one included; from 1.</param>
    /// <param name="retryAfter">The receiver's <c>Retry-After</c>; null without one.</param>
    /// <returns>Null when there is no next try.</returns>
    public static TimeSpan? DelayAfter(OutboxOptions options, int failures, TimeSpan? retryAfter)
    {
        if (failures > options.MaxRetries)
        {
            return null;
        }

        var planned = options.FirstRetryDelay * Math.Pow(2, failures - 1);
        var wanted = retryAfter is { } wait && wait < options.LongestRetryAfter ? wait : retryAfter is null ? TimeSpan.Zero : options.LongestRetryAfter;
        return planned > wanted ? planned : wanted;
    }
}
