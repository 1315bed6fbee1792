namespace Platform.Core.Statistics;

/// <summary>How far back statistics look, and how finely.</summary>
/// <param name="Name">As addresses say it.</param>
/// <param name="Bucket">How long a bucket is.</param>
/// <param name="Buckets">How many there are; the last one ends now.</param>
public sealed record StatisticsRange(string Name, TimeSpan Bucket, int Buckets)
{
    /// <summary>The ranges that can be asked for; the first is the usual one.</summary>
    public static IReadOnlyList<StatisticsRange> All { get; } =
    [
        new("24h", TimeSpan.FromHours(1), 24),
        new("7d", TimeSpan.FromHours(6), 28),
        new("30d", TimeSpan.FromDays(1), 30),
    ];

    /// <summary>Finds a range by its name; null and empty name the usual one.</summary>
    /// <returns>Null when there is none of that name.</returns>
    public static StatisticsRange? Find(string? name) => string.IsNullOrEmpty(name) ? All[0] : All.FirstOrDefault(range => range.Name == name);
}
