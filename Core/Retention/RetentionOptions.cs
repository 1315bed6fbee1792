namespace Platform.Core.Retention;

/// <summary>How long what is kept. Section <c>Retention</c>. Zero keeps a class for good.</summary>
public sealed class RetentionOptions
{
    /// <summary>Configuration section.</summary>
    public const string Section = "Retention";

    /// <summary>Longest time that can be written, about a hundred years.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(36_500);

    /// <summary>Smallest <see cref="MaxSizeBytes"/>: 1 GiB.</summary>
    public const long LeastMaxSizeBytes = 1L << 30;

    /// <summary>Our own traces with their documents, by whole UTC days after the day of arrival; 7 days.</summary>
    public TimeSpan Traces { get; set; } = TimeSpan.FromDays(7);

    /// <summary>Raw requests and responses of our own traces, by whole UTC days after the day of arrival; 3 days.</summary>
    public TimeSpan Bodies { get; set; } = TimeSpan.FromDays(3);

    /// <summary>Imported traces with documents and bodies, from their import; 0: kept.</summary>
    public TimeSpan ImportedTraces { get; set; } = TimeSpan.Zero;

    /// <summary>Messages of conversations, from when they were written; 365 days.</summary>
    public TimeSpan Messages { get; set; } = TimeSpan.FromDays(365);

    /// <summary>Ended activations that left neither a message nor a trace, from their request; 30 days.</summary>
    public TimeSpan Activations { get; set; } = TimeSpan.FromDays(30);

    /// <summary>Runs of schedules and of retention; the newest run of each schedule stays. 30 days.</summary>
    public TimeSpan Jobs { get; set; } = TimeSpan.FromDays(30);

    /// <summary>Records of imports that have no trace here any more; 30 days.</summary>
    public TimeSpan ImportRuns { get; set; } = TimeSpan.FromDays(30);

    /// <summary>Idempotency keys; 24 hours.</summary>
    public TimeSpan IdempotencyKeys { get; set; } = TimeSpan.FromHours(24);

    /// <summary>The log of platform events from which followers resume; 7 days.</summary>
    public TimeSpan Events { get; set; } = TimeSpan.FromDays(7);

    /// <summary>Effects that wait to be delivered, from when they were due; then they are dead letters. 30 days.</summary>
    public TimeSpan Outbox { get; set; } = TimeSpan.FromDays(30);

    /// <summary>Effects that could not be delivered; 30 days.</summary>
    public TimeSpan DeadLetters { get; set; } = TimeSpan.FromDays(30);

    /// <summary>Most bytes that the database may take on disk: 20 GiB. 0: no limit; else 1 GiB at least.</summary>
    public long MaxSizeBytes { get; set; } = 20L << 30;
}
