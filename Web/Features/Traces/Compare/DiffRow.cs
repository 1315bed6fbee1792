using Platform.Contracts.Traces;

namespace Platform.Web.Features.Traces.Compare;

/// <summary>A row of a side-by-side diff: an unchanged line on both sides, or a removed line beside the added line that replaces it.</summary>
/// <param name="A">The first trace's line; null when it has none here.</param>
/// <param name="B">The second trace's line; null when it has none here.</param>
public sealed record DiffRow(DiffLine? A, DiffLine? B)
{
    /// <summary>Pairs the removed and added lines of each change by position.</summary>
    public static IEnumerable<DiffRow> Pair(IReadOnlyList<DiffLine> lines)
    {
        for (var index = 0; index < lines.Count;)
        {
            if (lines[index].Kind is DiffLineKind.Kept or DiffLineKind.Skipped)
            {
                yield return new DiffRow(lines[index], lines[index++]);
                continue;
            }

            var removed = Run(lines, index, DiffLineKind.Removed);
            var added = Run(lines, index + removed, DiffLineKind.Added);
            for (var offset = 0; offset < Math.Max(removed, added); offset++)
            {
                yield return new DiffRow(
                    offset < removed ? lines[index + offset] : null,
                    offset < added ? lines[index + removed + offset] : null);
            }

            index += removed + added;
        }
    }

    private static int Run(IReadOnlyList<DiffLine> lines, int start, DiffLineKind kind)
    {
        var end = start;
        while (end < lines.Count && lines[end].Kind == kind)
        {
            end++;
        }

        return end - start;
    }
}
