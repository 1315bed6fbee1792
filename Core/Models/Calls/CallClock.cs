namespace Platform.Core.Models.Calls;

/// <summary>Cancels a call that waits too long, and tells which wait it was. Time spent in the caller's own code counts only towards the total.</summary>
internal sealed class CallClock : IDisposable
{
    private readonly ModelOptions _options;
    private readonly TimeProvider _time;
    private readonly long _start;
    private readonly CancellationTokenSource _timer;
    private readonly CancellationTokenSource _linked;
    private CallPhase _phase;

    public CallClock(ModelOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        _options = options;
        _time = time;
        _start = time.GetTimestamp();
        _timer = new CancellationTokenSource(System.Threading.Timeout.InfiniteTimeSpan, time);
        _linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _timer.Token);
        Expect(CallPhase.FirstToken);
    }

    /// <summary>Cancelled by the caller or by the clock.</summary>
    public CancellationToken Token => _linked.Token;

    public TimeSpan Elapsed => _time.GetElapsedTime(_start);

    public bool Expired => _timer.IsCancellationRequested;

    /// <summary>Restarts the wait for <paramref name="phase"/>, within the rest of the total.</summary>
    public void Expect(CallPhase phase)
    {
        var left = _options.TotalTimeout - Elapsed;
        var limit = Limit(phase);
        _phase = limit < left ? phase : CallPhase.End;
        _timer.CancelAfter(Max(TimeSpan.Zero, limit < left ? limit : left));
    }

    /// <summary>The failure to report once the clock has run out.</summary>
    public ModelError Timeout() => new("model_timeout", _phase switch
    {
        CallPhase.FirstToken => $"The model sent no text within {Seconds(_options.FirstTokenTimeout)} (Models:FirstTokenTimeout).",
        CallPhase.NextToken => $"The model stopped sending text for {Seconds(_options.SilenceTimeout)} (Models:SilenceTimeout).",
        _ => $"The model did not finish within {Seconds(_options.TotalTimeout)} (Models:TotalTimeout).",
    });

    public void Dispose()
    {
        _linked.Dispose();
        _timer.Dispose();
    }

    private TimeSpan Limit(CallPhase phase) => phase switch
    {
        CallPhase.FirstToken => _options.FirstTokenTimeout,
        CallPhase.NextToken => _options.SilenceTimeout,
        _ => _options.TotalTimeout,
    };

    private static TimeSpan Max(TimeSpan left, TimeSpan right) => left > right ? left : right;

    private static FormattableString Seconds(TimeSpan span) => $"{span.TotalSeconds:0.###} s";
}

/// <summary>What a call waits for.</summary>
internal enum CallPhase
{
    FirstToken,
    NextToken,
    End,
}
