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

    private readonly IReadOnlyList<string> _a;
    private readonly IReadOnlyList<string> _b;
    private readonly int _context;
    private readonly List<DiffLine> _lines = [];
    private int _characters;
    private bool _isCut;

    private SectionBuilder(IReadOnlyList<string> a, IReadOnlyList<string> b, int context) => (this._a, this._b, this._context) = (a, b, context);

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

        return new DiffSection(kind, kept, removed, added, matching.IsCoarse, builder._isCut, a.Note, b.Note, builder._lines);
    }

    private void Write(IReadOnlyList<Match> matches)
    {
        var (atA, atB) = (0, 0);
        foreach (var match in matches)
        {
            WriteChanged(atA, match.A, atB, match.B);
            (atA, atB) = (match.A + match.Length, match.B + match.Length);
            WriteKept(match, isFirst: match is { A: 0, B: 0 }, isLast: atA == _a.Count && atB == _b.Count);
        }

        WriteChanged(atA, _a.Count, atB, _b.Count);
    }

    private void WriteChanged(int startA, int endA, int startB, int endB)
    {
        for (var at = startA; at < endA; at++)
        {
            Add(DiffLineKind.Removed, at, null, _a[at]);
        }

        for (var at = startB; at < endB; at++)
        {
            Add(DiffLineKind.Added, null, at, _b[at]);
        }
    }

    private void WriteKept(Match match, bool isFirst, bool isLast)
    {
        var head = isFirst ? 0 : Math.Min(_context, match.Length);
        var tail = isLast ? 0 : Math.Min(_context, match.Length - head);
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
                Add(DiffLineKind.Kept, match.A + offset, match.B + offset, _a[match.A + offset]);
            }
        }
    }

    private void Add(DiffLineKind kind, int? atA, int? atB, string text, int count = 1)
    {
        _isCut = _isCut || _lines.Count >= MostLines || _characters >= MostCharacters;
        if (!_isCut)
        {
            var shown = Preview.Of(text, LongestLine);
            _characters += shown.Length;
            _lines.Add(new DiffLine(kind, atA + 1, atB + 1, shown, count));
        }
    }
}
