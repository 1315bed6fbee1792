using System.Diagnostics;
using Platform.Core.Traces.Diff;

namespace Platform.Tests.Core.Traces.Diff;

public sealed class LineMatcherTests
{
    [Theory]
    [InlineData("", "", 0)]
    [InlineData("a", "", 0)]
    [InlineData("abc", "abc", 3)]
    [InlineData("abc", "xbz", 1)]
    [InlineData("abcabba", "cbabac", 4)]
    [InlineData("aaaa", "aa", 2)]
    [InlineData("abab", "baba", 3)]
    [InlineData("xaaaay", "zaabaaw", 4)]
    public void Compare_SmallTexts_KeepsAsMuchAsCanBeKept(string first, string second, int kept)
    {
        var matching = Compare(first, second);

        Assert.Equal(kept, matching.Matches.Sum(match => match.Length));
        Assert.False(matching.IsCoarse);
    }

    [Fact]
    public void Compare_RandomTextsOfRepeatedLines_MatchesOnlyEqualLinesInOrder()
    {
        var random = new Random(20261121);
        for (var round = 0; round < 2000; round++)
        {
            var first = RandomText(random);
            var second = RandomText(random);

            AssertOrdered(first, second, Compare(first, second));
        }
    }

    [Fact]
    public void Compare_WithoutSplitting_IsAsCloseAsTheLongestCommonSubsequence()
    {
        var random = new Random(7);
        for (var round = 0; round < 500; round++)
        {
            var first = RandomText(random, "abc");
            var second = RandomText(random, "abc");

            var matching = LineMatcher.Compare(Lines(first), Lines(second), maxDepth: 0);

            Assert.Equal(LongestCommon(first, second), matching.Matches.Sum(match => match.Length));
            AssertOrdered(first, second, matching);
        }
    }

    [Fact]
    public void Compare_HundredThousandLinesWithAHundredChanges_FindsExactlyThese()
    {
        var first = Enumerable.Range(0, 100_000).Select(line => $"line {line % 7000}").ToList();
        var second = first.ToList();
        for (var at = 500; at < 100_000; at += 1000)
        {
            second[at] = "changed";
        }

        var matching = LineMatcher.Compare(first, second);

        Assert.Equal(100_000 - 100, matching.Matches.Sum(match => match.Length));
    }

    [Fact]
    public void Compare_HugeTextsThatShareOnlyRepeatedLines_EndsEarlyAndSaysSo()
    {
        var random = new Random(1);
        var first = Enumerable.Range(0, 100_000).Select(_ => $"{random.Next(50)}").ToList();
        var second = Enumerable.Range(0, 100_000).Select(_ => $"{random.Next(50)}").ToList();
        var before = GC.GetAllocatedBytesForCurrentThread();
        var start = Stopwatch.GetTimestamp();

        var matching = LineMatcher.Compare(first, second);

        Assert.True(matching.IsCoarse);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000_000);
        Assert.InRange(Stopwatch.GetElapsedTime(start), TimeSpan.Zero, TimeSpan.FromSeconds(20));
    }

    private static LineMatching Compare(string first, string second) => LineMatcher.Compare(Lines(first), Lines(second));

    private static List<string> Lines(string letters) => [.. letters.Select(letter => letter.ToString())];

    private static string RandomText(Random random, string letters = "abcdefghij") =>
        string.Concat(Enumerable.Range(0, random.Next(40)).Select(_ => letters[random.Next(letters.Length)]));

    private static void AssertOrdered(string first, string second, LineMatching matching)
    {
        var (atA, atB) = (0, 0);
        foreach (var match in matching.Matches)
        {
            Assert.True(match.Length > 0 && match.A >= atA && match.B >= atB);
            Assert.True(first.AsSpan(match.A, match.Length).SequenceEqual(second.AsSpan(match.B, match.Length)));
            (atA, atB) = (match.A + match.Length, match.B + match.Length);
        }
    }

    private static int LongestCommon(string first, string second)
    {
        var lengths = new int[first.Length + 1, second.Length + 1];
        for (var a = 1; a <= first.Length; a++)
        {
            for (var b = 1; b <= second.Length; b++)
            {
                lengths[a, b] = first[a - 1] == second[b - 1]
                    ? lengths[a - 1, b - 1] + 1
                    : Math.Max(lengths[a - 1, b], lengths[a, b - 1]);
            }
        }

        return lengths[first.Length, second.Length];
    }
}
