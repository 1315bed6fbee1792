namespace Hangfire.PostgreSql.Serving;

/// <summary>Comes round once in an interval; the first time at once.</summary>
internal sealed class Due(TimeSpan interval)
{
    private long? _last;

    public bool IsNow()
    {
        var now = TimeProvider.System.GetTimestamp();
        if (_last is { } last && TimeProvider.System.GetElapsedTime(last, now) < interval)
        {
            return false;
        }

        _last = now;
        return true;
    }
}
