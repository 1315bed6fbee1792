namespace Platform.Core.Traces.Diff;

/// <summary>
/// Finds the lines that two texts share, in order. Lines that occur once in both split the texts (Bram Cohen's patience diff),
/// which keeps moved and repeated lines from being matched across each other and large texts quick; what is left between them is
/// searched for the shortest edit (E. W. Myers, "An O(ND) Difference Algorithm and Its Variations", 1986) with a limit on its length.
/// </summary>
internal sealed class LineMatcher
{
    // With it the search of a part takes at most about its square of steps and half its square of remembered numbers.
    private const int MaxEdits = 1000;

    // Each level splits at lines that had twins in the whole and have none in the part. Texts of people need three or four.
    private const int MaxDepth = 24;

    // Over all parts, so that thousands of expensive ones take no longer than a few: about a second.
    private const long MaxSteps = 50_000_000;

    private readonly int[] _a;
    private readonly int[] _b;
    private readonly int[] _countA;
    private readonly int[] _countB;
    private readonly int[] _placeB;
    private readonly List<Match> _matches = [];
    private readonly int _maxDepth;
    private long _steps;
    private bool _isCoarse;

    private LineMatcher(int[] a, int[] b, int distinct, int maxDepth)
    {
        (this._a, this._b, this._maxDepth) = (a, b, maxDepth);
        (_countA, _countB, _placeB) = (new int[distinct], new int[distinct], new int[distinct]);
    }

    /// <summary>Compares two texts. Time grows with their length and, up to a limit, with the square of their difference.</summary>
    /// <param name="first">Lines.</param>
    /// <param name="second">Lines.</param>
    /// <param name="maxDepth">How often a part is split at lines that occur once; 0 leaves all of it to the search for the shortest edit.</param>
    public static LineMatching Compare(IReadOnlyList<string> first, IReadOnlyList<string> second, int maxDepth = MaxDepth)
    {
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        var matcher = new LineMatcher(Numbered(first, numbers), Numbered(second, numbers), numbers.Count, maxDepth);
        matcher.MatchPart(0, first.Count, 0, second.Count, 0);
        return new LineMatching(matcher._matches, matcher._isCoarse);
    }

    private static int[] Numbered(IReadOnlyList<string> lines, Dictionary<string, int> numbers)
    {
        var numbered = new int[lines.Count];
        for (var at = 0; at < numbered.Length; at++)
        {
            if (!numbers.TryGetValue(lines[at], out numbered[at]))
            {
                numbers.Add(lines[at], numbered[at] = numbers.Count);
            }
        }

        return numbered;
    }

    private void MatchPart(int startA, int endA, int startB, int endB, int depth)
    {
        var prefix = _a.AsSpan(startA, endA - startA).CommonPrefixLength(_b.AsSpan(startB, endB - startB));
        Add(startA, startB, prefix);
        (startA, startB) = (startA + prefix, startB + prefix);
        var suffix = 0;
        while (endA - suffix > startA && endB - suffix > startB && _a[endA - suffix - 1] == _b[endB - suffix - 1])
        {
            suffix++;
        }

        MatchMiddle(startA, endA - suffix, startB, endB - suffix, depth);
        Add(endA - suffix, endB - suffix, suffix);
    }

    private void MatchMiddle(int startA, int endA, int startB, int endB, int depth)
    {
        if (startA == endA || startB == endB)
        {
            return;
        }

        var anchors = depth < _maxDepth ? Anchors(startA, endA, startB, endB) : [];
        if (anchors.Count == 0)
        {
            Search(startA, endA, startB, endB);
            return;
        }

        foreach (var (atA, atB) in anchors)
        {
            MatchPart(startA, atA, startB, atB, depth + 1);
            Add(atA, atB, 1);
            (startA, startB) = (atA + 1, atB + 1);
        }

        MatchPart(startA, endA, startB, endB, depth + 1);
    }

    /// <summary>Pairs the lines that occur once on both sides, and keeps the longest run of pairs that do not cross.</summary>
    private List<(int A, int B)> Anchors(int startA, int endA, int startB, int endB)
    {
        Count(startA, endA, startB, endB);
        List<(int A, int B)> pairs = [];
        for (var at = startA; at < endA; at++)
        {
            if (_countA[_a[at]] == 1 && _countB[_a[at]] == 1)
            {
                pairs.Add((at, _placeB[_a[at]]));
            }
        }

        Forget(startA, endA, startB, endB);
        return LongestRise(pairs);
    }

    private void Count(int startA, int endA, int startB, int endB)
    {
        for (var at = startA; at < endA; at++)
        {
            _countA[_a[at]]++;
        }

        for (var at = startB; at < endB; at++)
        {
            _countB[_b[at]]++;
            _placeB[_b[at]] = at;
        }
    }

    private void Forget(int startA, int endA, int startB, int endB)
    {
        for (var at = startA; at < endA; at++)
        {
            _countA[_a[at]] = 0;
        }

        for (var at = startB; at < endB; at++)
        {
            _countB[_b[at]] = 0;
        }
    }

    /// <summary>The longest subsequence whose <c>B</c> rises, by patience sorting.</summary>
    private static List<(int A, int B)> LongestRise(List<(int A, int B)> pairs)
    {
        List<int> tops = [];
        var before = new int[pairs.Count];
        for (var at = 0; at < pairs.Count; at++)
        {
            var (low, high) = (0, tops.Count);
            while (low < high)
            {
                var middle = (low + high) / 2;
                (low, high) = pairs[tops[middle]].B < pairs[at].B ? (middle + 1, high) : (low, middle);
            }

            before[at] = low > 0 ? tops[low - 1] : -1;
            if (low == tops.Count)
            {
                tops.Add(at);
            }
            else
            {
                tops[low] = at;
            }
        }

        List<(int A, int B)> rise = [];
        for (var at = tops.Count > 0 ? tops[^1] : -1; at >= 0; at = before[at])
        {
            rise.Add(pairs[at]);
        }

        rise.Reverse();
        return rise;
    }

    /// <summary>Myers' greedy search. Beyond its limits nothing in the part counts as the same.</summary>
    private void Search(int startA, int endA, int startB, int endB)
    {
        var (lengthA, lengthB) = (endA - startA, endB - startB);
        var limit = Math.Min(lengthA + lengthB, MaxEdits);
        var reached = new int[(2 * limit) + 3];
        List<int[]> trail = [];
        for (var edits = 0; edits <= limit && _steps < MaxSteps; edits++)
        {
            trail.Add(reached.AsSpan(limit + 1 - edits, (2 * edits) + 1).ToArray());
            for (var diagonal = -edits; diagonal <= edits; diagonal += 2)
            {
                var at = limit + 1 + diagonal;
                var down = diagonal == -edits || (diagonal != edits && reached[at - 1] < reached[at + 1]);
                var x = down ? reached[at + 1] : reached[at - 1] + 1;
                x += Agreeing(startA, x, lengthA, startB, x - diagonal, lengthB);
                reached[at] = x;
                if (x >= lengthA && x - diagonal >= lengthB)
                {
                    AddTrail(trail, startA, lengthA, startB, lengthB);
                    return;
                }
            }
        }

        _isCoarse = true;
    }

    private int Agreeing(int startA, int x, int lengthA, int startB, int y, int lengthB)
    {
        _steps++;
        if (x < 0 || y < 0 || x >= lengthA || y >= lengthB)
        {
            return 0;
        }

        var agreeing = _a.AsSpan(startA + x, lengthA - x).CommonPrefixLength(_b.AsSpan(startB + y, lengthB - y));
        _steps += agreeing;
        return agreeing;
    }

    /// <summary>Walks the search back from its end. <c>trail[d]</c> holds the diagonals -d to d as they were before the d-th edit.</summary>
    private void AddTrail(List<int[]> trail, int startA, int x, int startB, int y)
    {
        List<Match> found = [];
        for (var edits = trail.Count - 1; edits > 0; edits--)
        {
            var reached = trail[edits];
            var diagonal = x - y;
            var down = diagonal == -edits || (diagonal != edits && reached[diagonal - 1 + edits] < reached[diagonal + 1 + edits]);
            var beforeX = reached[(down ? diagonal + 1 : diagonal - 1) + edits];
            var afterX = down ? beforeX : beforeX + 1;
            found.Add(new Match(startA + afterX, startB + afterX - diagonal, x - afterX));
            (x, y) = (beforeX, beforeX - (down ? diagonal + 1 : diagonal - 1));
        }

        found.Add(new Match(startA, startB, x));
        for (var at = found.Count - 1; at >= 0; at--)
        {
            Add(found[at].A, found[at].B, found[at].Length);
        }
    }

    private void Add(int atA, int atB, int length)
    {
        if (length == 0)
        {
            return;
        }

        if (_matches is [.., var last] && last.A + last.Length == atA && last.B + last.Length == atB)
        {
            _matches[^1] = last with { Length = last.Length + length };
        }
        else
        {
            _matches.Add(new Match(atA, atB, length));
        }
    }
}
