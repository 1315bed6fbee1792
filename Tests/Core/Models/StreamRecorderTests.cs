using Platform.Core.Models.Calls;


namespace Platform.Tests.Core.Models;

public sealed class StreamRecorderTests
{
    [Fact]
    public void ToTimeline_Nothing_IsNull() => Assert.Null(new StreamRecorder().ToTimeline());

    [Theory]
    [InlineData(1)]
    [InlineData(199)]
    [InlineData(200)]
    [InlineData(100_001)]
    public void Add_AnyNumberOfPieces_StaysBoundedAndKeepsBothEnds(int pieces)
    {
        var recorder = new StreamRecorder();
        for (var piece = 1; piece <= pieces; piece++)
        {
            recorder.Add(TimeSpan.FromMilliseconds(piece), piece * 3);
        }

        var timeline = recorder.ToTimeline();

        Assert.NotNull(timeline);
        Assert.Equal(pieces, timeline.Chunks);
        Assert.InRange(timeline.Points.Count, 1, StreamRecorder.MaxPoints);
        Assert.Equal(new StreamPoint(1, 3), timeline.Points[0]);
        Assert.Equal(new StreamPoint(pieces, pieces * 3), timeline.Points[^1]);
        Assert.Equal(timeline.Points.OrderBy(point => point.AtMs), timeline.Points);
        Assert.True(pieces < 500 || timeline.Points.Zip(timeline.Points.Skip(1)).Max(pair => pair.Second.AtMs - pair.First.AtMs) < pieces / 40);
    }

    [Fact]
    public void Add_AfterASilence_NotesIt()
    {
        var recorder = new StreamRecorder();
        foreach (var at in new[] { 4000, 5000, 7500, 7600 })
        {
            recorder.Add(TimeSpan.FromMilliseconds(at), at);
        }

        Assert.Equal([new StreamStall(5000, 2500)], recorder.ToTimeline()?.Stalls ?? []);
    }
}
