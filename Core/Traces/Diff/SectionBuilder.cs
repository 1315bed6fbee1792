using Platform.Contracts.Traces;
using Platform.Core.Text;

namespace Platform.Core.Traces.Diff;

/// <summary>Makes a section of two texts: what changed, the kept lines around it, and what is skipped.</summary>
internal sealed class SectionBuilder
{
    // A section is for reading: what exceeds these is counted and not shown.
    private const int MostLines = 5000;
    private const int MostCharacters = 1_000_000;
    private const int LongestLine = 4000;

    private readonly IReadOnlyList<string> a;
    private readonly IReadOnlyList<string> b;
    private readonly int context;
    private readonly List<DiffLine> lines = [];
    private int characters;
    private bool isCut;

    private SectionBuilder(IReadOnlyList<string> a, IReadOnlyList<string> b, int context) => (this.a, this.b, this.context) = (a, b, context);

    /// <summary>Compares two texts.</summary>
    /// <returns>Null when there is nothing to compare on either side.</returns>
    public static DiffSection? Build(DiffSectionKind kind, ComparedText a, ComparedText b, int context)
    {
        if (a is { Lines: [], Note: null } && b is { Lines: [], Note: null })
        {
            return null;
        }

        var matching = LineMatcher.Compare(a.Lines, b.Lines);
        var kept = matching.Matches.Sum(match => match.Length);
        var (removed, added) = (a.Lines.Count - kept, b.Lines.Count - kept);
        var builder = new SectionBuilder(a.Lines, b.Lines, context);
        if (removed + added > 0)
        {
            builder.Write(matching.Matches);
        }

        return new DiffSection(kind, kept, removed, added, matching.IsCoarse, builder.isCut, a.Note, b.Note, builder.lines);
    }

    private void Write(IReadOnlyList<Match> matches)
    {
        var (atA, atB) = (0, 0);
        foreach (var match in matches)
        {
            WriteChanged(atA, match.A, atB, match.B);
            (atA, atB) = (match.A + match.Length, match.B + match.Length);
            WriteKept(match, isFirst: match is { A: 0, B: 0 }, isLast: atA == a.Count && atB == b.Count);
        }

        WriteChanged(atA, a.Count, atB, b.Count);
    }

    private void WriteChanged(int startA, int endA, int startB, int endB)
    {
        for (var at = startA; at < endA; at++)
        {
            Add(DiffLineKind.Removed, at, null, a[at]);
        }

        for (var at = startB; at < endB; at++)
        {
            Add(DiffLineKind.Added, null, at, b[at]);
        }
    }

    private void WriteKept(Match match, bool isFirst, bool isLast)
    {
        var head = isFirst ? 0 : Math.Min(context, match.Length);
        var tail = isLast ? 0 : Math.Min(context, match.Length - head);
        var skipped = match.Length - head - tail;
        for (var offset = 0; offset < match.Length; offset++)
        {
            if (offset == head && skipped > 0)
            {
                Add(DiffLineKind.Skipped, match.A + offset, match.B + offset, "", skipped);
                offset += skipped - 1;
            }
            else
            {
                Add(DiffLineKind.Kept, match.A + offset, match.B + offset, a[match.A + offset]);
            }
        }
    }

    private void Add(DiffLineKind kind, int? atA, int? atB, string text, int count = 1)
    {
        isCut = isCut || lines.Count >= MostLines || characters >= MostCharacters;
        if (!isCut)
        {
            var shown = Preview.Of(text, LongestLine);
            characters += shown.Length;
            lines.Add(new DiffLine(kind, atA + 1, atB + 1, shown, count));
        }
    }
}
