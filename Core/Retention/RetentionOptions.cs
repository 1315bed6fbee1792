using System.ComponentModel.DataAnnotations;

namespace Platform.Core.Retention;

/// <summary>How long what is kept. Section <c>Retention</c>. Zero keeps a class for good.</summary>
public sealed class RetentionOptions
{
    /// <summary>Configuration section.</summary>
    public const string Section = "Retention";

    private const string Hour = "01:00:00";
    private const string Day = "1.00:00:00";

    // About a hundred years.
    private const string Longest = "36500.00:00:00";
    private const string KeptForGood = "0 to keep it forever";

    // 1 GiB.
    private const string LeastMaxSizeBytes = "1073741824";
    private const string MostMaxSizeBytes = "9223372036854775807";

    /// <summary>Our own traces with their documents, by whole UTC days after the day of arrival; 7 days.</summary>
    [ZeroOrRange(typeof(TimeSpan), Day, Longest, ErrorMessage = KeptForGood)]
    public TimeSpan Traces { get; set; } = TimeSpan.FromDays(7);

    /// <summary>Raw requests and responses of our own traces, by whole UTC days after the day of arrival; 3 days.</summary>
    [ZeroOrRange(typeof(TimeSpan), Day, Longest, ErrorMessage = KeptForGood)]
    public TimeSpan Bodies { get; set; } = TimeSpan.FromDays(3);

    /// <summary>Imported traces with documents and bodies, from their import; 0: kept.</summary>
    [ZeroOrRange(typeof(TimeSpan), Day, Longest, ErrorMessage = KeptForGood)]
    public TimeSpan ImportedTraces { get; set; } = TimeSpan.Zero;

    /// <summary>Messages of conversations, from when they were written; 365 days.</summary>
    [ZeroOrRange(typeof(TimeSpan), Day, Longest, ErrorMessage = KeptForGood)]
    public TimeSpan Messages { get; set; } = TimeSpan.FromDays(365);

    /// <summary>Ended activations that left neither a message nor a trace, from their request; 30 days.</summary>
    [ZeroOrRange(typeof(TimeSpan), Day, Longest, ErrorMessage = KeptForGood)]
    public TimeSpan Activations { get; set; } = TimeSpan.FromDays(30);

    /// <summary>Runs of schedules and of retention; the newest run of each schedule stays. 30 days.</summary>
    [ZeroOrRange(typeof(TimeSpan), Day, Longest, ErrorMessage = KeptForGood)]
    public TimeSpan Jobs { get; set; } = TimeSpan.FromDays(30);

    /// <summary>Records of imports that have no trace here any more; 30 days.</summary>
    [ZeroOrRange(typeof(TimeSpan), Day, Longest, ErrorMessage = KeptForGood)]
    public TimeSpan ImportRuns { get; set; } = TimeSpan.FromDays(30);

    /// <summary>Idempotency keys; 24 hours.</summary>
    [ZeroOrRange(typeof(TimeSpan), Hour, Longest, ErrorMessage = KeptForGood)]
    public TimeSpan IdempotencyKeys { get; set; } = TimeSpan.FromHours(24);

    /// <summary>The log of platform events from which followers resume; 7 days.</summary>
    [ZeroOrRange(typeof(TimeSpan), Hour, Longest, ErrorMessage = KeptForGood)]
    public TimeSpan Events { get; set; } = TimeSpan.FromDays(7);

    /// <summary>Effects that wait to be delivered, from when they were due; then they are dead letters. 30 days.</summary>
    [ZeroOrRange(typeof(TimeSpan), Hour, Longest, ErrorMessage = KeptForGood)]
    public TimeSpan Outbox { get; set; } = TimeSpan.FromDays(30);

    /// <summary>Effects that could not be delivered; 30 days.</summary>
    [ZeroOrRange(typeof(TimeSpan), Hour, Longest, ErrorMessage = KeptForGood)]
    public TimeSpan DeadLetters { get; set; } = TimeSpan.FromDays(30);

    /// <summary>Most bytes that the database may take on disk: 20 GiB. 0: no limit; else 1 GiB at least.</summary>
    [ZeroOrRange(typeof(long), LeastMaxSizeBytes, MostMaxSizeBytes, ErrorMessage = "0 for no limit"), DisplayFormat(DataFormatString = "{0} bytes")]
    public long MaxSizeBytes { get; set; } = 20L << 30;
}

/// <summary>A range, or zero, whose meaning is the error message.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ZeroOrRangeAttribute(Type type, string minimum, string maximum) : RangeAttribute(type, minimum, maximum)
{
    public override bool IsValid(object? value) => value is 0L || (value is TimeSpan time && time == TimeSpan.Zero) || base.IsValid(value);
}
