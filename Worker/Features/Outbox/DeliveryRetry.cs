using Platform.Core.Outbox;

namespace Platform.Worker.Features.Outbox;

/// <summary>
/// Decides whether a failed delivery is retried, and when: after 2, 4, 8, 16, 32 s with the defaults, and at least the receiver's <c>Retry-After</c>.
/// Without a retry it becomes a dead letter.
/// </summary>
internal static class DeliveryRetry
{
    /// <summary>The delay before the next attempt.</summary>
    /// <param name="options">The settings.</param>
    /// <param name="failures">How many attempts failed, this one included; from 1.</param>
    /// <param name="result">How this one ended.</param>
    /// <returns>Null when it is not retried: it was delivered, failed permanently, or failed too often.</returns>
    public static TimeSpan? DelayAfter(OutboxOptions options, int failures, DeliveryResult result)
    {
        if (result.Outcome != DeliveryOutcome.Failed || failures > options.MaxRetries)
        {
            return null;
        }

        var planned = options.FirstRetryDelay * Math.Pow(2, failures - 1);
        var wanted = result.RetryAfter is not { } wait ? TimeSpan.Zero : wait < options.LongestRetryAfter ? wait : options.LongestRetryAfter;
        return planned > wanted ? planned : wanted;
    }
}
