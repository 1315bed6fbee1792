namespace Platform.Core.Traces.Diff;

/// <summary>One side of a section.</summary>
/// <param name="Lines">Without line ends.</param>
/// <param name="Note">Why there is less than there could be, for a person; null when all is here.</param>
internal sealed record ComparedText(IReadOnlyList<string> Lines, string? Note = null)
{
    /// <summary>Most UTF-16 units of one side. A line of settings begins with all names around its value, so that lines can be far longer than what they were made of.</summary>
    public const int MostCharacters = 32 * 1024 * 1024;

    /// <summary>Takes lines until there are too many.</summary>
    public static ComparedText Of(IEnumerable<string> lines)
    {
        List<string> taken = [];
        var characters = 0L;
        foreach (var line in lines)
        {
            characters += line.Length + 1;
            if (characters > MostCharacters)
            {
                return new ComparedText(taken, $"Too long to compare completely: only the first {taken.Count} lines are compared.");
            }

            taken.Add(line);
        }

        return new ComparedText(taken);
    }

    public static ComparedText Missing(string note) => new([], note);
}
