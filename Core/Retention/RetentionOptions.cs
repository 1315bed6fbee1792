using System.ComponentModel.DataAnnotations;

namespace Platform.Core.Retention;

/// <summary>Retention periods by class of data. Section <c>Retention</c>. Zero keeps a class forever.</summary>
public sealed class RetentionOptions
{
    /// <summary>Configuration section.</summary>
    public const string Section = "Retention";

    private const string Hour = "01:00:00";
    private const string Day = "1.00:00:00";

    // About a hundred years.
    private const string Longest = "36500.00:00:00";
    private const string KeptForever = "0 to keep it forever";

    // 1 GiB.
    private const string LeastMaxSizeBytes = "1073741824";
    private const string MostMaxSizeBytes = "9223372036854775807";

    /// <summary>Native traces with their documents, by whole UTC days after the day of arrival; 7 days.</summary>
    [ZeroOrRange(typeof(TimeSpan), Day, Longest, ErrorMessage = KeptForever)]
    public TimeSpan Traces { get; set; } = TimeSpan.FromDays(7);

    /// <summary>Raw requests and responses of native traces, by whole UTC days after the day of arrival; 3 days.</summary>
    [ZeroOrRange(typeof(TimeSpan), Day, Longest, ErrorMessage = KeptForever)]
    public TimeSpan Bodies { get; set; } = TimeSpan.FromDays(3);

    /// <summary>Imported traces with documents and bodies, from their import; 0: kept forever.</summary>
    [ZeroOrRange(typeof(TimeSpan), Day, Longest, ErrorMessage = KeptForever)]
    public TimeSpan ImportedTraces { get; set; } = TimeSpan.Zero;

    /// <summary>Messages of conversations, from when they were written; 365 days.</summary>
    [ZeroOrRange(typeof(TimeSpan), Day, Longest, ErrorMessage = KeptForever)]
    public TimeSpan Messages { get; set; } = TimeSpan.FromDays(365);

    /// <summary>Ended activations with neither a message nor a trace, from their request; 30 days.</summary>
    [ZeroOrRange(typeof(TimeSpan), Day, Longest, ErrorMessage = KeptForever)]
    public TimeSpan Activations { get; set; } = TimeSpan.FromDays(30);

    /// <summary>Runs of schedules and of retention; the newest run of each schedule stays. 30 days.</summary>
    [ZeroOrRange(typeof(TimeSpan), Day, Longest, ErrorMessage = KeptForever)]
    public TimeSpan Jobs { get; set; } = TimeSpan.FromDays(30);

    /// <summary>Records of imports whose traces are all deleted; 30 days.</summary>
    [ZeroOrRange(typeof(TimeSpan), Day, Longest, ErrorMessage = KeptForever)]
    public TimeSpan ImportRuns { get; set; } = TimeSpan.FromDays(30);

    /// <summary>Idempotency keys; 24 hours.</summary>
    [ZeroOrRange(typeof(TimeSpan), Hour, Longest, ErrorMessage = KeptForever)]
    public TimeSpan IdempotencyKeys { get; set; } = TimeSpan.FromHours(24);

    /// <summary>The event log, which clients resume from; 7 days.</summary>
    [ZeroOrRange(typeof(TimeSpan), Hour, Longest, ErrorMessage = KeptForever)]
    public TimeSpan Events { get; set; } = TimeSpan.FromDays(7);

    /// <summary>Pending deliveries, from when they were due; then they become dead letters. 30 days.</summary>
    [ZeroOrRange(typeof(TimeSpan), Hour, Longest, ErrorMessage = KeptForever)]
    public TimeSpan Outbox { get; set; } = TimeSpan.FromDays(30);

    /// <summary>Dead letters; 30 days.</summary>
    [ZeroOrRange(typeof(TimeSpan), Hour, Longest, ErrorMessage = KeptForever)]
    public TimeSpan DeadLetters { get; set; } = TimeSpan.FromDays(30);

    /// <summary>Maximum size of the database on disk: 20 GiB. 0: no limit; else 1 GiB at least.</summary>
    [ZeroOrRange(typeof(long), LeastMaxSizeBytes, MostMaxSizeBytes, ErrorMessage = "0 for no limit"), DisplayFormat(DataFormatString = "{0} bytes")]
    public long MaxSizeBytes { get; set; } = 20L << 30;
}

/// <summary>A range, or zero, whose meaning is the error message.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ZeroOrRangeAttribute(Type type, string minimum, string maximum) : RangeAttribute(type, minimum, maximum)
{
    public override bool IsValid(object? value) => value is 0L || (value is TimeSpan time && time == TimeSpan.Zero) || base.IsValid(value);
}
