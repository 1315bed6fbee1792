using Platform.Contracts.Traces;
using Platform.Core.Traces;

namespace Platform.Tests.Core.Traces;

public sealed class TraceFilterTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly Trace Fitting = Trace();

    public static TheoryData<string, string, Trace> Misfits => new()
    {
        { "bot", "ada", Trace(bot: "bea") },
        { "channel", "17", Trace(channel: "18") },
        { "outcome", "silent", Trace(outcome: TraceOutcome.Failed) },
        { "silent_reason", "may_speak", Trace(silentReason: "other") },
        { "model", "m", Trace(model: "n") },
        { "cost_from", "0.05", Trace(cost: 0.04m) },
        { "duration_from", "5000", Trace(duration: 4999) },
        { "from", "2026-02-01", Trace(startedAt: new DateTimeOffset(2026, 1, 31, 23, 59, 59, TimeSpan.Zero)) },
        { "to", "2026-02-03T04:05:06+02:00", Trace(startedAt: new DateTimeOffset(2026, 2, 3, 2, 5, 6, TimeSpan.Zero)) },
    };

    [Fact]
    public void Parse_Nothing_RestrictsNothing()
    {
        var filter = Parse(out var problem, ("bot", ""), ("outcome", " "), ("from", ""));

        Assert.Null(problem);
        Assert.Null(filter?.Text);
        Assert.True(IsShown(filter, Trace(bot: "anyone")));
    }

    [Theory]
    [MemberData(nameof(Misfits))]
    public void Narrow_OneField_ShowsWhatFitsAndNotTheOther(string name, string value, Trace other)
    {
        var filter = Parse(out _, (name, value));

        Assert.True(IsShown(filter, Fitting));
        Assert.False(IsShown(filter, other));
    }

    [Fact]
    public void All_EachField_HasACaseAbove() =>
        Assert.Equal(
            TraceFilterField.All.Where(field => field.Kind != TraceFilterKind.Search).Select(field => field.Name),
            Misfits.Select(row => row.Data.Item1));

    [Fact]
    public void Parse_UnknownOutcome_NamesTheAcceptedValues()
    {
        Assert.Null(Parse(out var problem, ("outcome", "bogus")));
        Assert.Equal("outcome must be one of answered, silent, failed, cancelled.", problem?.Message);
    }

    [Fact]
    public void Parse_Text_IsKept() => Assert.Equal("words", Parse(out _, ("q", "words"))?.Text);

    [Theory]
    [InlineData("90m", 1.5)]
    [InlineData("24h", 24)]
    [InlineData("7d", 168)]
    [InlineData("4w", 672)]
    public void Moment_HowLongAgo_IsCountedFromNow(string text, double hours) =>
        Assert.Equal(Now.AddHours(-hours), TraceFilterValue.Moment(text, Now));

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
        Assert.Null(Parse(out var problem, (field, value)));
        Assert.Equal(field, problem?.Field);
        Assert.Contains(field, problem?.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_TextTooLong_SaysHowLongItMayBe()
    {
        Assert.Null(Parse(out var problem, ("q", new string('x', 501))));
        Assert.Contains("500", problem?.Message, StringComparison.Ordinal);
    }

    private static TraceFilter? Parse(out TraceFilterProblem? problem, params (string Name, string Value)[] values) =>
        TraceFilter.Parse(name => values.FirstOrDefault(one => one.Name == name).Value, Now, out problem);

    private static bool IsShown(TraceFilter? filter, Trace trace) => filter?.Narrow(new[] { trace }.AsQueryable()).Any() is true;

    private static Trace Trace(
        string bot = "ada",
        string channel = "17",
        TraceOutcome outcome = TraceOutcome.Silent,
        string silentReason = "may_speak",
        string model = "m",
        decimal cost = 0.05m,
        int duration = 5000,
        DateTimeOffset? startedAt = null) => new()
        {
            Id = Guid.CreateVersion7(),
            TenantId = "home",
            Source = TraceSource.Native,
            SourceTraceId = "1",
            Bot = bot,
            ChannelId = channel,
            Reason = default,
            Outcome = outcome,
            SilentReason = silentReason,
            Model = model,
            CostUsd = cost,
            DurationMs = duration,
            DocumentDay = new DateOnly(2026, 2, 2),
            StartedAt = startedAt ?? new DateTimeOffset(2026, 2, 2, 0, 0, 0, TimeSpan.Zero),
        };
}
