namespace Platform.Core.Models.Calls;

/// <summary>Notes how an answer grows, in a fixed amount of memory: when there are too many points, every second one is dropped and fewer are taken.</summary>
internal sealed class StreamRecorder
{
    /// <summary>Most points of a timeline.</summary>
    public const int MaxPoints = 200;

    /// <summary>Most silences of a timeline.</summary>
    public const int MaxStalls = 50;

    private static readonly TimeSpan StallLimit = TimeSpan.FromSeconds(1);

    private readonly List<StreamPoint> points = [];
    private readonly List<StreamStall> stalls = [];
    private TimeSpan lastAt;
    private StreamPoint last;
    private int chunks;
    private int stride = 1;

    /// <summary>Notes a piece.</summary>
    /// <param name="at">Since the request.</param>
    /// <param name="characters">What is there with it.</param>
    public void Add(TimeSpan at, int characters)
    {
        if (chunks > 0 && at - lastAt > StallLimit && stalls.Count < MaxStalls)
        {
            stalls.Add(new StreamStall((int)lastAt.TotalMilliseconds, (int)(at - lastAt).TotalMilliseconds));
        }

        lastAt = at;
        last = new StreamPoint((int)at.TotalMilliseconds, characters);
        if (chunks++ % stride != 0)
        {
            return;
        }

        points.Add(last);
        if (points.Count == MaxPoints)
        {
            Thin();
        }
    }

    /// <summary>What was noted so far; null when nothing came.</summary>
    public StreamTimeline? ToTimeline() => chunks == 0
        ? null
        : new StreamTimeline(chunks, points[^1] == last ? [.. points] : [.. points, last], [.. stalls]);

    private void Thin()
    {
        stride *= 2;
        for (var index = 1; index < MaxPoints / 2; index++)
        {
            points[index] = points[index * 2];
        }

        points.RemoveRange(MaxPoints / 2, MaxPoints / 2);
    }
}
