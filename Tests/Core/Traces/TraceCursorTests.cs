using Platform.Contracts.Traces;
using Platform.Core.Traces;

namespace Platform.Tests.Core.Traces;

public sealed class TraceCursorTests
{
    private static readonly Guid Id = Guid.Parse("019ab2f0-0000-7000-8000-0000000000aa");

    public static TheoryData<TraceSort, TraceSortOrder, decimal?> Places => new()
    {
        { TraceSort.Time, TraceSortOrder.Desc, new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero).UtcTicks },
        { TraceSort.Time, TraceSortOrder.Asc, new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero).UtcTicks },
        { TraceSort.Duration, TraceSortOrder.Desc, 123_456 },
        { TraceSort.Duration, TraceSortOrder.Asc, 7 },
        { TraceSort.Duration, TraceSortOrder.Asc, null },
        { TraceSort.InputTokens, TraceSortOrder.Desc, 0 },
        { TraceSort.OutputTokens, TraceSortOrder.Desc, long.MaxValue },
        { TraceSort.Cost, TraceSortOrder.Desc, 0.0000000000000000000000000001m },
        { TraceSort.Cost, TraceSortOrder.Asc, -1.5m },
        { TraceSort.Cost, TraceSortOrder.Desc, null },
    };

    [Theory]
    [MemberData(nameof(Places))]
    public void Parse_Written_IsTheSamePlace(TraceSort by, TraceSortOrder direction, decimal? value)
    {
        var cursor = new TraceCursor(new TraceOrder(by, direction), value, Id);

        Assert.Equal(cursor, TraceCursor.Parse(cursor.ToString()));
    }

    [Theory]
    [MemberData(nameof(Places))]
    public void Parse_OneLetterChanged_IsNoCursor(TraceSort by, TraceSortOrder direction, decimal? value)
    {
        var text = new TraceCursor(new TraceOrder(by, direction), value, Id).ToString();

        for (var place = 0; place < text.Length - 1; place++)
        {
            var changed = text[..place] + (text[place] == 'A' ? 'B' : 'A') + text[(place + 1)..];
            Assert.Null(TraceCursor.Parse(changed));
        }
    }

    /// <summary>As earlier versions wrote it: time, id and check.</summary>
    [Fact]
    public void Parse_CursorOfTheNewestOrder_HasKeptItsForm()
    {
        var cursor = new TraceCursor(TraceOrder.Newest, new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero).UtcTicks, Id);

        Assert.Equal(38, cursor.ToString().Length);
    }

    [Theory]
    [InlineData("")]
    [InlineData("A")]
    [InlineData("????????????????????????????????????????")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public void Parse_AnythingElse_IsNoCursor(string text) => Assert.Null(TraceCursor.Parse(text));

    /// <summary>A duration is a whole number of the column's size: a value that does not fit must not reach the database.</summary>
    [Theory]
    [InlineData(TraceSort.Duration, "2147483648")]
    [InlineData(TraceSort.Duration, "1.5")]
    [InlineData(TraceSort.InputTokens, "9223372036854775808")]
    [InlineData(TraceSort.Time, "1.5")]
    [InlineData(TraceSort.Time, "9223372036854775807")]
    public void Parse_ValueThatTheColumnCannotHold_IsNoCursor(TraceSort by, string value)
    {
        var cursor = new TraceCursor(
            new TraceOrder(by, TraceSortOrder.Asc), decimal.Parse(value, System.Globalization.CultureInfo.InvariantCulture), Id);

        Assert.Null(TraceCursor.Parse(cursor.ToString()));
    }
}
