namespace Platform.Core.Text;

/// <summary>Times from files of other programs, whose parts may have any value.</summary>
internal static class IsoTime
{
    /// <summary>A moment later, or the last one that there is.</summary>
    /// <param name="start">UTC.</param>
    /// <param name="milliseconds">Null and less than 0 count as 0.</param>
    public static DateTimeOffset After(DateTimeOffset start, int? milliseconds)
    {
        var later = TimeSpan.FromMilliseconds(Math.Max(0, milliseconds ?? 0));
        return DateTimeOffset.MaxValue - start < later ? DateTimeOffset.MaxValue : start + later;
    }
}
