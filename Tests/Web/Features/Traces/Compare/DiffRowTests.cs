using Platform.Contracts.Traces;
using Platform.Web.Features.Traces.Compare;

namespace Platform.Tests.Web.Features.Traces.Compare;

public sealed class DiffRowTests
{
    [Fact]
    public void Pair_Change_PutsRemovedBesideAdded()
    {
        DiffLine[] lines =
        [
            new(DiffLineKind.Kept, 1, 1, "same"),
            new(DiffLineKind.Removed, 2, null, "old"),
            new(DiffLineKind.Removed, 3, null, "older"),
            new(DiffLineKind.Added, null, 2, "new"),
            new(DiffLineKind.Skipped, 4, 3, "", 9),
            new(DiffLineKind.Added, null, 12, "last"),
        ];

        var rows = DiffRow.Pair(lines).Select(row => (row.A?.Text, row.B?.Text));

        Assert.Equal([("same", "same"), ("old", "new"), ("older", null), ("", ""), (null, "last")], rows);
    }

    [Theory]
    [InlineData("temperature = 0.5", "temperature = 0.7", "temperature = 0.", "5", "")]
    [InlineData("the red house", "the blue house", "the ", "red", " house")]
    [InlineData("one thing", "quite another matter", "", "one thing", "")]
    [InlineData("alone", null, "", "alone", "")]
    public void Split_Line_MarksWhatDiffers(string line, string? other, string start, string changed, string end) =>
        Assert.Equal(new LineSplit(start, changed, end), LineSplit.Of(line, other));
}
