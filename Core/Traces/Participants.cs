namespace Platform.Core.Traces;

/// <summary>The participants of a context, as stored for list and search.</summary>
internal static class Participants
{
    /// <summary>Longest text, in UTF-16 units; the last participant comes first.</summary>
    public const int Length = 500;

    private const string Separator = ", ";

    /// <summary>Joins the names, the last speaker first, each once.</summary>
    /// <param name="speakers">In the order of their messages.</param>
    /// <returns>Null when there are none.</returns>
    public static string? Of(IEnumerable<string?> speakers)
    {
        HashSet<string> seen = new(StringComparer.Ordinal);
        List<string> names = [];
        var length = 0;
        foreach (var speaker in speakers.Reverse())
        {
            if (string.IsNullOrWhiteSpace(speaker) || speaker.Length > Length || !seen.Add(speaker))
            {
                continue;
            }

            length += speaker.Length + (names.Count == 0 ? 0 : Separator.Length);
            if (length > Length)
            {
                break;
            }

            names.Add(speaker);
        }

        return names.Count == 0 ? null : string.Join(Separator, names);
    }
}
