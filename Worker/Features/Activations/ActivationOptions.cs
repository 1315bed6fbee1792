using System.ComponentModel.DataAnnotations;

namespace Platform.Worker.Features.Activations;

/// <summary>How this worker runs activations. Section <c>Activations</c>.</summary>
public sealed class ActivationOptions : IValidatableObject
{
    /// <summary>Configuration section.</summary>
    public const string Section = "Activations";

    /// <summary>How many run at once in this process; 1 to 200. They wait for models, so this costs memory rather than processor time.</summary>
    [Range(1, 200), DisplayFormat(DataFormatString = "{0} activations")]
    public int MaxConcurrent { get; set; } = 16;

    /// <summary>
    /// How many more may be claimed to be decided, or decided and waiting for one of <see cref="MaxConcurrent"/>; 1 to 1000.
    /// A bot's "no" needs no model and is not kept waiting by answers that do.
    /// </summary>
    [Range(1, 1000), DisplayFormat(DataFormatString = "{0} activations")]
    public int Headroom { get; set; } = 64;

    /// <summary>
    /// How often the queue is polled while notifications do not arrive, or due work is not claimed; 100 ms to 1 minute. The
    /// shorter of this and <see cref="SweepInterval"/> counts.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00")]
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How often leases of dead workers are polled while notifications do not arrive, or one is not taken over; 100 ms to 5 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:00:05")]
    public TimeSpan SweepInterval { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>After how many lost workers in a row an activation is parked; 1 to 100.</summary>
    [Range(1, 100), DisplayFormat(DataFormatString = "{0} lost workers")]
    public int MaxAttempts { get; set; } = 5;

    /// <summary>How long running activations may continue after SIGTERM before they are released; 0 to 10 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan DrainTimeout { get; set; } = TimeSpan.FromSeconds(25);

    /// <summary>
    /// How long an activation for which nobody waits is deferred after each transient model failure, 10 ms to 1 day each;
    /// after the last it fails. Null means 30 s, 1, 2, 4 and 5 min.
    /// </summary>
    public IReadOnlyList<TimeSpan>? DeferDelays { get; set; }

    /// <summary><see cref="DeferDelays"/> or their default: a configured list would be appended to a default one.</summary>
    internal IReadOnlyList<TimeSpan> Delays => DeferDelays ?? DefaultDelays;

    private static readonly TimeSpan[] DefaultDelays =
        [TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(4), TimeSpan.FromMinutes(5)];

    private static readonly TimeSpan ShortestDelay = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromDays(1);

    IEnumerable<ValidationResult> IValidatableObject.Validate(ValidationContext validationContext) => Delays.Index()
        .Where(delay => delay.Item < ShortestDelay || delay.Item > LongestDelay)
        .Select(delay => new ValidationResult($"{Section}:DeferDelays:{delay.Index} is {delay.Item}; write 00:00:00.01 to 1.00:00:00 (days.hours:minutes:seconds)."));
}
