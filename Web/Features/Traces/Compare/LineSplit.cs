namespace Platform.Web.Features.Traces.Compare;

/// <summary>A changed line in three parts: what it shares with its counterpart at both ends, and what differs between.</summary>
/// <param name="Start">The same in both.</param>
/// <param name="Changed">Only here.</param>
/// <param name="End">The same in both.</param>
public sealed record LineSplit(string Start, string Changed, string End)
{
    /// <summary>Splits a line by its counterpart; words stay whole.</summary>
    public static LineSplit Of(string line, string? other)
    {
        if (other is null)
        {
            return new LineSplit("", line, "");
        }

        var most = Math.Min(line.Length, other.Length);
        var start = 0;
        while (start < most && line[start] == other[start])
        {
            start++;
        }

        var end = 0;
        while (end < most - start && line[^(end + 1)] == other[^(end + 1)])
        {
            end++;
        }

        while (start > 0 && char.IsLetterOrDigit(line[start - 1]))
        {
            start--;
        }

        while (end > 0 && char.IsLetterOrDigit(line[^end]))
        {
            end--;
        }

        // Two lines that share next to nothing are two lines, not a change of one.
        return (start + end) * 3 < most
            ? new LineSplit("", line, "")
            : new LineSplit(line[..start], line[start..(line.Length - end)], line[(line.Length - end)..]);
    }
}
