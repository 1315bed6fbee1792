using Platform.Core.Outbox;

namespace Platform.Worker.Features.Outbox;

/// <summary>
/// Decides whether a failed delivery is retried, and when: after 2, 4, 8, 16, 32 s with the defaults, and at least the receiver's <c>Retry-After</c>.
/// Without a retry it becomes a dead letter.
/// </summary>
internal static class DeliveryRetry
{
    /// <summary>Decides on the next attempt. While its receiver is paused and cannot be connected to, attempts do not count: they say nothing about the delivery.</summary>
    /// <param name="options">The settings.</param>
    /// <param name="claim">The delivery.</param>
    /// <param name="result">How this attempt ended.</param>
    /// <returns>The delay before it, and whether the failed attempt counts; null when it is not retried: it was delivered, failed permanently, or failed too often.</returns>
    public static (TimeSpan Delay, bool Counts)? Next(OutboxOptions options, EffectClaim claim, DeliveryResult result) =>
        result.Outcome != DeliveryOutcome.Failed ? null
        : claim.IsProbe && result.IsUnreachable ? (options.FirstRetryDelay, false)
        : DelayAfter(options, claim.Attempt + 1, result.RetryAfter) is { } delay ? (delay, true)
        : null;

    /// <summary>The delay before the next attempt.</summary>
    /// <param name="options">The settings.</param>
    /// <param name="failures">How many attempts failed, this one included; from 1.</param>
    /// <param name="retryAfter">The receiver's <c>Retry-After</c>; null without one.</param>
    /// <returns>Null when there is no next attempt.</returns>
    public static TimeSpan? DelayAfter(OutboxOptions options, int failures, TimeSpan? retryAfter)
    {
        if (failures > options.MaxRetries)
        {
            return null;
        }

        var planned = options.FirstRetryDelay * Math.Pow(2, failures - 1);
        var wanted = retryAfter is not { } wait ? TimeSpan.Zero : wait < options.LongestRetryAfter ? wait : options.LongestRetryAfter;
        return planned > wanted ? planned : wanted;
    }
}
