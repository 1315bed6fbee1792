using System.ComponentModel.DataAnnotations;
using Platform.Core.Outbox;

namespace Platform.Worker.Features.Outbox;

/// <summary>How this worker delivers effects. Section <c>Outbox</c>.</summary>
public sealed class OutboxOptions
{
    /// <summary>Configuration section.</summary>
    public const string Section = "Outbox";

    /// <summary>How many are under way at once in this process; 1 to 200.</summary>
    [Range(1, 200), DisplayFormat(DataFormatString = "{0} deliveries")]
    public int MaxConcurrent { get; set; } = 32;

    /// <summary>How many to one target are under way at once; 1 to 100. What has an ordering key goes one at a time anyway.</summary>
    [Range(1, 100), DisplayFormat(DataFormatString = "{0} deliveries")]
    public int MaxPerTarget { get; set; } = 8;

    /// <summary>How often the outbox is polled while notifications do not arrive, or due work is not claimed; 50 ms to 1 minute.</summary>
    [Range(typeof(TimeSpan), "00:00:00.05", "00:01:00")]
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>The wait after the first failure, which each further one doubles; 10 ms to 1 minute. 2 s make it 2, 4, 8, 16, 32 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.01", "00:01:00")]
    public TimeSpan FirstRetryDelay { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Retries of a failed delivery before it becomes a dead letter; 0 to 20.</summary>
    [Range(0, 20), DisplayFormat(DataFormatString = "{0} retries")]
    public int MaxRetries { get; set; } = 5;

    /// <summary>The longest that a receiver's <c>Retry-After</c> is heeded; 1 second to 1 day.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan LongestRetryAfter { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Consecutive failed attempts after which a receiver is paused; 0 to 1000, 0 for never. 5 keeps the first delivery from becoming a dead letter before.</summary>
    [Range(0, 1000), DisplayFormat(DataFormatString = "{0} failures")]
    public int PauseAfterFailures { get; set; } = 5;

    /// <summary>The first pause of a receiver, which each further one doubles until a delivery succeeds; 10 ms to 1 hour.</summary>
    [Range(typeof(TimeSpan), "00:00:00.01", "01:00:00")]
    public TimeSpan FirstPause { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The longest pause of a receiver; 1 second to 1 day.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan LongestPause { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How long deliveries may continue after SIGTERM before they are released; 0 to 5 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:05:00")]
    public TimeSpan DrainTimeout { get; set; } = TimeSpan.FromSeconds(5);

    internal PauseRule Pauses => new(PauseAfterFailures, FirstPause, LongestPause);
}
