namespace Platform.Core.Statistics;

/// <summary>What figures are of.</summary>
/// <param name="Kind"><c>total</c>, <c>bucket</c>, <c>bot</c> or <c>model</c>.</param>
/// <param name="Bucket">From 0; null unless of a bucket.</param>
/// <param name="Name">Null unless of a bot, or of a model that was called.</param>
internal readonly record struct StatisticsKey(string Kind, int? Bucket, string? Name)
{
    /// <summary>Everything.</summary>
    public static StatisticsKey Total { get; } = new("total", null, null);

    /// <summary>A bucket.</summary>
    public static StatisticsKey Of(int bucket) => new("bucket", bucket, null);
}
