using System.Globalization;
using Platform.Contracts.Traces.Document;

namespace Platform.Web.Features.Traces;

/// <summary>A time in a filter: an instant, an age such as <c>24h</c>, or something that cannot be read.</summary>
/// <param name="Instant">UTC; null for the others.</param>
/// <param name="IsAge">Whether it is an age.</param>
internal sealed record TraceFilterMoment(DateTimeOffset? Instant, bool IsAge)
{
    /// <summary>Reads what the address says.</summary>
    public static TraceFilterMoment Of(string value)
    {
        var text = value.Trim();
        var isAge = text.Length > 1 && text[^1] is 'm' or 'h' or 'd' or 'w' && text[..^1].All(char.IsAsciiDigit);
        return new TraceFilterMoment(isAge ? null : TraceTime.Parse(text), isAge);
    }

    /// <summary>The value of a field for date and time, in UTC; script shows it in the reader's zone. Empty for everything but an instant.</summary>
    public string FieldValue => Instant is not { } instant ? ""
        : instant.UtcDateTime.ToString(instant.UtcTicks % TimeSpan.TicksPerMinute == 0 ? "yyyy-MM-ddTHH:mm" : "yyyy-MM-ddTHH:mm:ss.fff", CultureInfo.InvariantCulture);
}
