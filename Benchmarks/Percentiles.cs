namespace Platform.Benchmarks;

/// <summary>Percentiles of measured values, by the nearest rank.</summary>
internal static class Percentiles
{
    /// <param name="values">At least one, in any order.</param>
    /// <param name="percent">0 to 100; 50 is the median.</param>
    public static double Of(IEnumerable<double> values, double percent)
    {
        var sorted = values.Order().ToArray();
        return sorted[Math.Clamp((int)Math.Ceiling(percent / 100 * sorted.Length) - 1, 0, sorted.Length - 1)];
    }

    public static double Median(IEnumerable<double> values) => Of(values, 50);
}
