using Platform.Contracts.Traces;
using Platform.Core.Traces;

namespace Platform.Tests.Core.Traces;

public sealed class TraceFilterTextTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Parse_Nothing_RestrictsNothing()
    {
        Assert.Equal(new TraceFilter(), new TraceFilterText { Bot = "", Outcome = " ", From = "" }.Parse(Now, out var fault));
        Assert.Null(fault);
    }

    [Fact]
    public void Parse_Everything_IsRead()
    {
        var text = new TraceFilterText
        {
            Bot = "ada", Channel = "17", Outcome = "silent", SilentReason = "may_speak", Model = "m", CostFrom = "0.05", DurationFrom = "5000",
            From = "2026-02-01", To = "2026-02-03T04:05:06+02:00", Text = "words",
        };

        var filter = text.Parse(Now, out _);

        var expected = new TraceFilter(
            "ada", "17", TraceOutcome.Silent, "may_speak", "m", 0.05m, 5000,
            new DateTimeOffset(2026, 2, 1, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2026, 2, 3, 2, 5, 6, TimeSpan.Zero), "words");
        Assert.Equal(expected, filter);
    }

    [Theory]
    [InlineData("90m", 1.5)]
    [InlineData("24h", 24)]
    [InlineData("7d", 168)]
    [InlineData("4w", 672)]
    public void Parse_HowLongAgo_IsCountedFromNow(string from, double hours) =>
        Assert.Equal(Now.AddHours(-hours), new TraceFilterText { From = from }.Parse(Now, out _)?.From);

    [Theory]
    [InlineData("outcome", "happy")]
    [InlineData("cost_from", "-1")]
    [InlineData("cost_from", "1,5")]
    [InlineData("duration_from", "5s")]
    [InlineData("duration_from", "99999999999")]
    [InlineData("from", "yesterday")]
    [InlineData("from", "99999999d")]
    [InlineData("to", "d")]
    public void Parse_Unreadable_NamesTheFieldAndTheRemedy(string field, string value)
    {
        var text = new TraceFilterText
        {
            Outcome = field == "outcome" ? value : null,
            CostFrom = field == "cost_from" ? value : null,
            DurationFrom = field == "duration_from" ? value : null,
            From = field == "from" ? value : null,
            To = field == "to" ? value : null,
        };

        Assert.Null(text.Parse(Now, out var fault));
        Assert.Equal(field, fault?.Field);
        Assert.Contains(field, fault?.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_TextTooLong_SaysHowLongItMayBe()
    {
        Assert.Null(new TraceFilterText { Text = new string('x', 501) }.Parse(Now, out var fault));
        Assert.Contains("500", fault?.Message, StringComparison.Ordinal);
    }
}
