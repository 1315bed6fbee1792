namespace Platform.Web.Features.Traces.Waterfall;

/// <summary>A stretch of the time axis.</summary>
/// <param name="FromMs">Milliseconds since the activation started.</param>
/// <param name="ToMs">Milliseconds since the activation started; not before <paramref name="FromMs"/>.</param>
public readonly record struct WaterfallInterval(double FromMs, double ToMs)
{
    /// <summary>The shortest interval that contains all of these.</summary>
    /// <returns>Null when there are none.</returns>
    public static WaterfallInterval? Around(IEnumerable<WaterfallInterval?> intervals)
    {
        WaterfallInterval? around = null;
        foreach (var interval in intervals)
        {
            around = (around, interval) switch
            {
                ({ } left, { } right) => new WaterfallInterval(Math.Min(left.FromMs, right.FromMs), Math.Max(left.ToMs, right.ToMs)),
                _ => around ?? interval,
            };
        }

        return around;
    }

    /// <summary>Whether this interval contains another one.</summary>
    public bool Contains(WaterfallInterval other) => FromMs <= other.FromMs && other.ToMs <= ToMs;
}
