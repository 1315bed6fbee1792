namespace Platform.Core.Traces;

/// <summary>Who speaks in a context, as list and search keep it.</summary>
internal static class Participants
{
    /// <summary>Longest text, in UTF-16 units; who spoke last is nearest the answer and comes first.</summary>
    public const int Length = 500;

    private const string Separator = ", ";

    /// <summary>Joins the names, the last speaker first, each once.</summary>
    /// <param name="speakers">In the order of their messages.</param>
    /// <returns>Null when nobody speaks.</returns>
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
