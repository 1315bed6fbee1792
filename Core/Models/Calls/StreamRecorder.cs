namespace Platform.Core.Models.Calls;

/// <summary>Notes how an answer grows, in a fixed amount of memory: when there are too many points, every second one is dropped and fewer are taken.</summary>
internal sealed class StreamRecorder
{
    /// <summary>Most points of a timeline.</summary>
    public const int MaxPoints = 200;

    /// <summary>Most silences of a timeline.</summary>
    public const int MaxStalls = 50;

    private static readonly TimeSpan StallLimit = TimeSpan.FromSeconds(1);

    private readonly List<StreamPoint> _points = [];
    private readonly List<StreamStall> _stalls = [];
    private TimeSpan _lastAt;
    private StreamPoint _last;
    private int _chunks;
    private int _stride = 1;

    /// <summary>Notes a piece.</summary>
    /// <param name="at">Since the request.</param>
    /// <param name="characters">What is there with it.</param>
    public void Add(TimeSpan at, int characters)
    {
        if (_chunks > 0 && at - _lastAt > StallLimit && _stalls.Count < MaxStalls)
        {
            _stalls.Add(new StreamStall((int)_lastAt.TotalMilliseconds, (int)(at - _lastAt).TotalMilliseconds));
        }

        _lastAt = at;
        _last = new StreamPoint((int)at.TotalMilliseconds, characters);
        if (_chunks++ % _stride != 0)
        {
            return;
        }

        _points.Add(_last);
        if (_points.Count == MaxPoints)
        {
            Thin();
        }
    }

    /// <summary>What was noted so far; null when nothing came.</summary>
    public StreamTimeline? ToTimeline() => _chunks == 0
        ? null
        : new StreamTimeline(_chunks, _points[^1] == _last ? [.. _points] : [.. _points, _last], [.. _stalls]);

    private void Thin()
    {
        _stride *= 2;
        for (var index = 1; index < MaxPoints / 2; index++)
        {
            _points[index] = _points[index * 2];
        }

        _points.RemoveRange(MaxPoints / 2, MaxPoints / 2);
    }
}
