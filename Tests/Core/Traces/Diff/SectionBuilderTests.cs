using Platform.Contracts.Traces;
using Platform.Core.Traces.Diff;

namespace Platform.Tests.Core.Traces.Diff;

public sealed class SectionBuilderTests
{
    [Fact]
    public void Build_OneLineChangedAmongMany_ShowsItsNeighboursAndSkipsTheRest()
    {
        var first = Enumerable.Range(1, 20).Select(line => $"line {line}").ToList();
        var second = first.ToList();
        second[9] = "other";

        var section = Build(first, second, context: 1);

        Assert.Equal((19, 1, 1), (section.Kept, section.Removed, section.Added));
        Assert.Equal(
            [
                new DiffLine(DiffLineKind.Skipped, 1, 1, "", 8),
                new DiffLine(DiffLineKind.Kept, 9, 9, "line 9"),
                new DiffLine(DiffLineKind.Removed, 10, null, "line 10"),
                new DiffLine(DiffLineKind.Added, null, 10, "other"),
                new DiffLine(DiffLineKind.Kept, 11, 11, "line 11"),
                new DiffLine(DiffLineKind.Skipped, 12, 12, "", 9),
            ],
            section.Lines);
    }

    [Fact]
    public void Build_ChangesCloseTogether_SkipsNothingBetweenThem()
    {
        var section = Build(["a", "x", "y", "b"], ["c", "x", "y", "d"], context: 1);

        Assert.Equal("-a +c x y -b +d", string.Join(' ', section.Lines.Select(line => line.Kind switch
        {
            DiffLineKind.Removed => $"-{line.Text}",
            DiffLineKind.Added => $"+{line.Text}",
            _ => line.Text,
        })));
    }

    [Fact]
    public void Build_EqualTexts_HasNoLines() => Assert.Empty(Build(["a", "b"], ["a", "b"], context: 3).Lines);

    [Fact]
    public void Build_NothingOnBothSides_IsNoSection() =>
        Assert.Null(SectionBuilder.Build(DiffSectionKind.Tools, new ComparedText([]), new ComparedText([]), 3));

    [Fact]
    public void Build_MoreChangesThanCanBeShown_CountsAllAndShowsTheFirst()
    {
        var section = Build([], [.. Enumerable.Range(0, 20_000).Select(line => $"line {line}")], context: 3);

        Assert.Equal(20_000, section.Added);
        Assert.True(section.IsCut);
        Assert.Equal(5000, section.Lines.Count);
    }

    private static DiffSection Build(IReadOnlyList<string> first, IReadOnlyList<string> second, int context)
    {
        var section = SectionBuilder.Build(DiffSectionKind.Prompt, new ComparedText(first), new ComparedText(second), context);
        Assert.NotNull(section);
        return section;
    }
}
