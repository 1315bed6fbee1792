namespace Platform.Web.Features.Traces.Compare;

/// <summary>A changed line in three parts: the common start, the difference and the common end.</summary>
/// <param name="Start">Common start.</param>
/// <param name="Changed">Text in this line only.</param>
/// <param name="End">Common end.</param>
public sealed record LineSplit(string Start, string Changed, string End)
{
    /// <summary>Compares a line with its counterpart; words are not split.</summary>
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

        // Lines with little in common are shown as completely different.
        return (start + end) * 3 < most
            ? new LineSplit("", line, "")
            : new LineSplit(line[..start], line[start..(line.Length - end)], line[(line.Length - end)..]);
    }
}
